package org.autotuner.fakes;

import java.util.concurrent.CountDownLatch;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.space.Configuration;

/** A fit that asks neither its deadline nor its interruption; it ends when the test closes it. */
public final class Hanging implements FakeFamily.Fit, AutoCloseable {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        entered.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                release.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("released by the test");
    }

    /** Waits until some fit hangs. */
    public void awaitEntered() throws InterruptedException {
        entered.await();
    }

    @Override
    public void close() {
        release.countDown();
    }
}
