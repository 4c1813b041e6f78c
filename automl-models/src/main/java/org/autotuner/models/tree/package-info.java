/**
 * Trees in plain Java: what is left of them where no native library loads, and what no library trains from Java.
 *
 * <p>{@code RandomForestFamily} and {@code ExtraTreesFamily}: forests of deep, independent trees ({@code Forest}).
 *
 * <p>{@code HistogramBoostingFamily}: boosting of trees that grow leaf by leaf ({@code HistogramBooster}, {@code LeafGrower}).
 * {@code OrderedBoostingFamily}: boosting with ordered statistics of categories ({@code OrderedBooster},
 * {@code OrderedColumns}) by symmetric trees ({@code SymmetricRounds}, {@code SymmetricGrower}) or leaf-wise ones
 * ({@code LeafWiseRounds}). Both stand on one engine: {@code Bins} (features as ranks),
 * {@code PackedGradients} (gradient and curvature in one whole number, so that sums are exact), {@code Histograms},
 * {@code LeafRows} (parts and counts rows), {@code Margins} with a {@code PointLoss}, {@code Workers} (threads), and
 * {@code ColumnRules} (constraints). A new loss is one record in {@code PointLoss}.
 */
@NullMarked
package org.autotuner.models.tree;

import org.jspecify.annotations.NullMarked;
