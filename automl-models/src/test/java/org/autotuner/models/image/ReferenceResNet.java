package org.autotuner.models.image;

import java.util.List;
import java.util.Map;

/** A ResNet of basic blocks by its definition: plain loops in double precision, batch normalisation as it is evaluated. */
final class ReferenceResNet {

    private final Map<String, float[]> weights;
    private double[][][] planes = {};

    private ReferenceResNet(Map<String, float[]> weights) {
        this.weights = weights;
    }

    /** The means of the last planes for an image [channels][height][width]. */
    static double[] means(Map<String, float[]> weights, double[][][] image, List<Integer> blocks, boolean isLarge) {
        ReferenceResNet net = new ReferenceResNet(weights);
        net.planes = relu(net.norm(net.convolve(image, "conv1", isLarge ? 2 : 1, isLarge ? 3 : 1), "bn1"));
        if (isLarge) {
            net.planes = pool(net.planes);
        }
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                net.block("layer%d.%d".formatted(stage + 1, block), stage > 0 && block == 0 ? 2 : 1);
            }
        }
        double[] means = new double[net.planes.length];
        for (int channel = 0; channel < means.length; channel++) {
            int count = 0;
            for (double[] row : net.planes[channel]) {
                for (double value : row) {
                    means[channel] += value;
                    count++;
                }
            }
            means[channel] /= count;
        }
        return means;
    }

    private void block(String name, int stride) {
        double[][][] given = planes;
        double[][][] body = relu(norm(convolve(given, name + ".conv1", stride, 1), name + ".bn1"));
        body = norm(convolve(body, name + ".conv2", 1, 1), name + ".bn2");
        double[][][] shortcut = weights.containsKey(name + ".downsample.0.weight")
                ? norm(convolve(given, name + ".downsample.0", stride, 0), name + ".downsample.1")
                : given;
        for (int c = 0; c < body.length; c++) {
            for (int y = 0; y < body[c].length; y++) {
                for (int x = 0; x < body[c][y].length; x++) {
                    body[c][y][x] += shortcut[c][y][x];
                }
            }
        }
        planes = relu(body);
    }

    private float[] get(String name) {
        return java.util.Objects.requireNonNull(weights.get(name), name);
    }

    private double[][][] convolve(double[][][] input, String name, int stride, int padding) {
        float[] matrix = get(name + ".weight");
        int outputs = get(name.replace("conv", "bn").replace("downsample.0", "downsample.1") + ".weight").length;
        int kernel = (int) Math.round(Math.sqrt(matrix.length / (double) (outputs * input.length)));
        int high = (input[0].length + 2 * padding - kernel) / stride + 1;
        int wide = (input[0][0].length + 2 * padding - kernel) / stride + 1;
        double[][][] result = new double[outputs][high][wide];
        for (int o = 0; o < outputs; o++) {
            for (int y = 0; y < high; y++) {
                for (int x = 0; x < wide; x++) {
                    for (int i = 0; i < input.length; i++) {
                        for (int a = 0; a < kernel; a++) {
                            for (int b = 0; b < kernel; b++) {
                                int row = y * stride + a - padding;
                                int column = x * stride + b - padding;
                                boolean isInside = row >= 0
                                        && column >= 0
                                        && row < input[i].length
                                        && column < input[i][row].length;
                                result[o][y][x] += isInside
                                        ? matrix[((o * input.length + i) * kernel + a) * kernel + b]
                                                * input[i][row][column]
                                        : 0;
                            }
                        }
                    }
                }
            }
        }
        return result;
    }

    private double[][][] norm(double[][][] planes, String name) {
        for (int c = 0; c < planes.length; c++) {
            double factor = get(name + ".weight")[c] / Math.sqrt(get(name + ".running_var")[c] + 1e-5);
            for (double[] row : planes[c]) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (row[x] - get(name + ".running_mean")[c]) * factor + get(name + ".bias")[c];
                }
            }
        }
        return planes;
    }

    private static double[][][] relu(double[][][] planes) {
        for (double[][] plane : planes) {
            for (double[] row : plane) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = Math.max(0, row[x]);
                }
            }
        }
        return planes;
    }

    private static double[][][] pool(double[][][] planes) {
        int high = (planes[0].length - 1) / 2 + 1;
        int wide = (planes[0][0].length - 1) / 2 + 1;
        double[][][] result = new double[planes.length][high][wide];
        for (int c = 0; c < planes.length; c++) {
            for (int y = 0; y < high; y++) {
                for (int x = 0; x < wide; x++) {
                    double largest = Double.NEGATIVE_INFINITY;
                    for (int a = Math.max(0, 2 * y - 1); a <= Math.min(planes[c].length - 1, 2 * y + 1); a++) {
                        for (int b = Math.max(0, 2 * x - 1); b <= Math.min(planes[c][a].length - 1, 2 * x + 1); b++) {
                            largest = Math.max(largest, planes[c][a][b]);
                        }
                    }
                    result[c][y][x] = largest;
                }
            }
        }
        return result;
    }
}
