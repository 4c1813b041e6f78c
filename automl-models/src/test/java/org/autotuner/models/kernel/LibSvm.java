package org.autotuner.models.kernel;

import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.autotuner.prepare.FeatureMatrix;

/** LibSVM itself, the reference of our solver. */
final class LibSvm {

    private LibSvm() {}

    static svm_model train(FeatureMatrix features, double[] y, int type, double c, double gamma, double epsilon) {
        svm.svm_set_print_string_function(text -> {});
        svm_problem problem = new svm_problem();
        problem.l = y.length;
        problem.y = y;
        problem.x = new svm_node[y.length][];
        for (int row = 0; row < y.length; row++) {
            problem.x[row] = nodes(features, row);
        }
        svm_parameter parameter = new svm_parameter();
        parameter.svm_type = type;
        parameter.kernel_type = svm_parameter.RBF;
        parameter.C = c;
        parameter.gamma = gamma;
        parameter.p = epsilon;
        parameter.eps = 1e-5;
        parameter.cache_size = 50;
        parameter.shrinking = 0;
        return svm.svm_train(problem, parameter);
    }

    /** Decision values of every row: one per pair of classes, or the value of a regression. */
    static double[][] decisions(svm_model model, FeatureMatrix features) {
        int pairs = Math.max(1, model.nr_class * (model.nr_class - 1) / 2);
        return IntStream.range(0, features.rows())
                .mapToObj(row -> {
                    double[] values = new double[pairs];
                    svm.svm_predict_values(model, nodes(features, row), values);
                    return values;
                })
                .toArray(double[][]::new);
    }

    private static svm_node[] nodes(FeatureMatrix features, int row) {
        return IntStream.range(0, features.width())
                .mapToObj(j -> {
                    svm_node node = new svm_node();
                    node.index = j + 1;
                    node.value = features.at(row, j);
                    return node;
                })
                .toArray(svm_node[]::new);
    }
}
