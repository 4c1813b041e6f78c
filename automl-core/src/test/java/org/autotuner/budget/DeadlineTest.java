package org.autotuner.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final MutableClock clock = new MutableClock();
    private final Cancellation cancellation = new Cancellation();
    private final Deadline tenSeconds = Deadline.after(Duration.ofSeconds(10), clock, cancellation);

    @Test
    void itCountsDownWithTheClock() {
        clock.advance(Duration.ofSeconds(4));
        assertThat(tenSeconds.remainingSeconds()).isCloseTo(6, offset(1e-9));
        assertThat(tenSeconds.fractionUsed()).isCloseTo(0.4, offset(1e-9));
        assertThatCode(tenSeconds::check).doesNotThrowAnyException();
    }

    @Test
    void itIsOverWhenItsTimeIsUp() {
        clock.advance(Duration.ofSeconds(11));
        assertThat(tenSeconds.isOver()).isTrue();
        assertThat(tenSeconds.remainingNanos()).isZero();
        assertThat(tenSeconds.fractionUsed()).isEqualTo(1);
        assertThatThrownBy(tenSeconds::check)
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("The time is up.");
    }

    @Test
    void cancellingEndsItAndEverythingMadeFromIt() {
        Deadline half = tenSeconds.share(0.5);
        Deadline second = tenSeconds.atMost(Duration.ofSeconds(1));
        cancellation.cancel();
        assertThat(tenSeconds.isOver() && half.isOver() && second.isOver()).isTrue();
        assertThatThrownBy(half::check).hasMessage("Cancelled.");
    }

    @Test
    void aShareCountsFromWhatIsLeftNow() {
        clock.advance(Duration.ofSeconds(2));
        Deadline quarter = tenSeconds.share(0.25);
        assertThat(quarter.remainingSeconds()).isCloseTo(2, offset(1e-9));
        clock.advance(Duration.ofSeconds(1));
        assertThat(quarter.remainingSeconds()).isCloseTo(1, offset(1e-9));
        assertThat(quarter.fractionUsed()).isCloseTo(0.5, offset(1e-9));
    }

    @Test
    void atMostNeverExtendsADeadline() {
        assertThat(tenSeconds.atMost(Duration.ofSeconds(30)).remainingSeconds()).isCloseTo(10, offset(1e-9));
        assertThat(tenSeconds.atMost(Duration.ofSeconds(3)).remainingSeconds()).isCloseTo(3, offset(1e-9));
    }

    @Test
    void withoutALimitOnlyCancellingEndsIt() {
        Deadline unlimited = Deadline.unlimited(cancellation);
        assertThat(unlimited.hasLimit()).isFalse();
        assertThat(unlimited.remainingSeconds()).isInfinite();
        assertThat(unlimited.fractionUsed()).isZero();
        assertThat(unlimited.share(0.1).hasLimit()).isFalse();
        cancellation.cancel();
        assertThat(unlimited.isOver()).isTrue();
        assertThat(unlimited.fractionUsed()).isEqualTo(1);
    }

    @Test
    void aShareOutsideTheUnitRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenSeconds.share(1.5))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> tenSeconds.share(Double.NaN));
    }

    @Test
    void aClockCannotGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
    }
}
