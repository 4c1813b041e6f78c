package org.autotuner.score;

import java.util.Arrays;

/**
 * Probabilities of classes from those of pairs of classes: the second method of Wu, Lin and Weng, Probability Estimates
 * for Multi-class Classification by Pairwise Coupling, JMLR 5 (2004), with LibSVM's limits and stopping rule.
 */
final class PairCoupling {

    private static final double LEAST = 1e-7;

    private PairCoupling() {}

    /**
     * Class probabilities.
     *
     * @param pairs probability of i against j for each pair (0,1), (0,2), ..., (1,2), ...
     * @return k values that add up to 1
     */
    static double[] couple(double[] pairs, int k) {
        double[][] r = new double[k][k];
        int pair = 0;
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                r[i][j] = Math.min(Math.max(pairs[pair++], LEAST), 1 - LEAST);
                r[j][i] = 1 - r[i][j];
            }
        }
        return k == 2 ? new double[] {r[0][1], r[1][0]} : iterate(r, k);
    }

    private static double[] iterate(double[][] r, int k) {
        double[][] q = new double[k][k];
        for (int t = 0; t < k; t++) {
            for (int j = 0; j < k; j++) {
                if (j != t) {
                    q[t][t] += r[j][t] * r[j][t];
                    q[t][j] = -r[j][t] * r[t][j];
                }
            }
        }
        double[] p = new double[k];
        Arrays.fill(p, 1.0 / k);
        double[] qp = new double[k];
        double enough = 0.005 / k;
        for (int step = 0; step < Math.max(100, k); step++) {
            double pqp = 0;
            for (int t = 0; t < k; t++) {
                qp[t] = 0;
                for (int j = 0; j < k; j++) {
                    qp[t] += q[t][j] * p[j];
                }
                pqp += p[t] * qp[t];
            }
            double error = 0;
            for (int t = 0; t < k; t++) {
                error = Math.max(error, Math.abs(qp[t] - pqp));
            }
            if (error < enough) {
                break;
            }
            for (int t = 0; t < k; t++) {
                double diff = (pqp - qp[t]) / q[t][t];
                p[t] += diff;
                double scale = 1 + diff;
                pqp = (pqp + diff * (diff * q[t][t] + 2 * qp[t])) / scale / scale;
                for (int j = 0; j < k; j++) {
                    qp[j] = (qp[j] + diff * q[t][j]) / scale;
                    p[j] /= scale;
                }
            }
        }
        return p;
    }
}
