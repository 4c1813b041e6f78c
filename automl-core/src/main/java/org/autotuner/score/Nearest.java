package org.autotuner.score;

/**
 * The nearest rows so far in a heap whose root is the farthest; earlier rows win among equals, so the rows must be
 * offered in order.
 */
final class Nearest {

    final float[] distance;
    final int[] row;
    int size;

    Nearest(int capacity) {
        distance = new float[capacity];
        row = new int[capacity];
    }

    void offer(float candidate, int candidateRow) {
        if (size < distance.length) {
            int at = size++;
            // Among equals the latest is the farthest, so that it is the first to go.
            while (at > 0 && distance[(at - 1) / 2] <= candidate) {
                copy((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            distance[at] = candidate;
            row[at] = candidateRow;
        } else if (candidate < distance[0]) {
            int at = 0;
            for (int child = 1; child < size; child = 2 * at + 1) {
                if (child + 1 < size && isFarther(child + 1, child)) {
                    child++;
                }
                if (distance[child] <= candidate) {
                    break;
                }
                copy(child, at);
                at = child;
            }
            distance[at] = candidate;
            row[at] = candidateRow;
        }
    }

    private boolean isFarther(int one, int other) {
        return distance[one] > distance[other] || (distance[one] == distance[other] && row[one] > row[other]);
    }

    private void copy(int from, int to) {
        distance[to] = distance[from];
        row[to] = row[from];
    }
}
