package org.autotuner.testkit;

import java.util.stream.Stream;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;

class BuiltInMetricsTest extends MetricContract {

    @Override
    protected Stream<Metric> metrics() {
        return Stream.concat(Metrics.all().stream(), Stream.of(Metrics.topKAccuracy(2)));
    }
}
