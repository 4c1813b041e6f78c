package org.autotuner.models.text;

import java.util.Map;
import org.autotuner.models.weights.Tensor;

/** BERT's definition written down plainly with doubles (Devlin et al. 2019; Vaswani et al. 2017). */
final class ReferenceEncoder {

    private final EncoderConfig config;
    private final Map<String, Tensor> weights;

    ReferenceEncoder(EncoderConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.weights = weights;
    }

    double[][] encode(int[] ids) {
        int width = config.width();
        double[][] x = new double[ids.length][width];
        for (int t = 0; t < ids.length; t++) {
            for (int c = 0; c < width; c++) {
                x[t][c] = at("embeddings.word_embeddings.weight", ids[t] * width + c)
                        + at("embeddings.position_embeddings.weight", t * width + c)
                        + at("embeddings.token_type_embeddings.weight", c);
            }
        }
        norm(x, "embeddings.LayerNorm");
        for (int i = 0; i < config.layers(); i++) {
            String layer = "encoder.layer." + i;
            double[][] q = dense(x, layer + ".attention.self.query");
            double[][] k = dense(x, layer + ".attention.self.key");
            double[][] v = dense(x, layer + ".attention.self.value");
            add(x, dense(attention(q, k, v), layer + ".attention.output.dense"));
            norm(x, layer + ".attention.output.LayerNorm");
            double[][] inner = dense(x, layer + ".intermediate.dense");
            for (double[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] *= cdf(row[c]);
                }
            }
            add(x, dense(inner, layer + ".output.dense"));
            norm(x, layer + ".output.LayerNorm");
        }
        return x;
    }

    private double[][] attention(double[][] q, double[][] k, double[][] v) {
        int width = config.width();
        int head = width / config.heads();
        double[][] out = new double[q.length][width];
        for (int first = 0; first < width; first += head) {
            for (int i = 0; i < q.length; i++) {
                double[] shares = new double[q.length];
                double sum = 0;
                for (int j = 0; j < q.length; j++) {
                    double product = 0;
                    for (int c = first; c < first + head; c++) {
                        product += q[i][c] * k[j][c];
                    }
                    shares[j] = Math.exp(product / Math.sqrt(head));
                    sum += shares[j];
                }
                for (int j = 0; j < q.length; j++) {
                    for (int c = first; c < first + head; c++) {
                        out[i][c] += shares[j] / sum * v[j][c];
                    }
                }
            }
        }
        return out;
    }

    private double[][] dense(double[][] x, String name) {
        int outputs = weights.get(name + ".bias").values().length;
        double[][] out = new double[x.length][outputs];
        for (int t = 0; t < x.length; t++) {
            for (int o = 0; o < outputs; o++) {
                out[t][o] = at(name + ".bias", o);
                for (int c = 0; c < x[t].length; c++) {
                    out[t][o] += x[t][c] * at(name + ".weight", o * x[t].length + c);
                }
            }
        }
        return out;
    }

    private void norm(double[][] x, String name) {
        for (double[] row : x) {
            double mean = 0;
            for (double value : row) {
                mean += value / row.length;
            }
            double variance = 0;
            for (double value : row) {
                variance += (value - mean) * (value - mean) / row.length;
            }
            for (int c = 0; c < row.length; c++) {
                row[c] = (row[c] - mean) / Math.sqrt(variance + config.epsilon()) * at(name + ".weight", c)
                        + at(name + ".bias", c);
            }
        }
    }

    private static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < x[t].length; c++) {
                x[t][c] += y[t][c];
            }
        }
    }

    /** The normal distribution by Simpson's rule. */
    private static double cdf(double x) {
        int steps = 2000;
        double h = x / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            int factor = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += factor * Math.exp(-i * h * i * h / 2);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    private double at(String name, int place) {
        return weights.get(name).values()[place];
    }
}
