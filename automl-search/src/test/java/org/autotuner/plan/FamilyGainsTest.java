package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Shares of 4000 draws: their standard deviation is at most 0.008, so bounds that are 0.05 away fail by chance with a
 * probability below 1e-9.
 */
class FamilyGainsTest {

    private static final int DRAWS = 4000;

    private static Map<String, Double> shares(FamilyGains gains, String... families) {
        Map<String, Double> shares = new HashMap<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            shares.merge(gains.draw(List.of(families), new SplittableRandom(draw)), 1.0 / DRAWS, Double::sum);
        }
        return shares;
    }

    @Test
    void whileNothingIsKnownOfTheirGainsTheBetterSingleModelGetsMore() {
        Map<String, Double> shares = shares(new FamilyGains(false), "best", "good", "fair", "worst");
        assertThat(shares.get("best")).isGreaterThan(shares.get("good"));
        assertThat(shares.get("good")).isGreaterThan(shares.get("fair"));
        assertThat(shares.get("fair")).isGreaterThan(shares.get("worst"));
        assertThat(shares.get("worst")).isGreaterThan(0.01);
    }

    @Test
    void aFamilyThatKeepsAddingGetsMoreThanOneThatNeverDoes() {
        FamilyGains gains = new FamilyGains(false);
        for (int round = 0; round < 8; round++) {
            gains.add("adding", round % 2 == 0 ? 0.01 : 0, 1);
            gains.add("repeating", 0, 1);
        }
        Map<String, Double> shares = shares(gains, "repeating", "adding");
        assertThat(shares.get("adding")).isGreaterThan(0.75);
        assertThat(shares.get("repeating")).as("it is tried again").isGreaterThan(0.015);
    }

    @Test
    void ofTwoThatAddEquallyOftenTheOneThatAddsMoreGetsMore() {
        FamilyGains gains = new FamilyGains(false);
        for (int round = 0; round < 8; round++) {
            gains.add("much", round % 2 == 0 ? 0.02 : 0, 1);
            gains.add("little", round % 2 == 0 ? 0.001 : 0, 1);
        }
        assertThat(shares(gains, "little", "much").get("much")).isGreaterThan(0.7);
    }

    @Test
    void aFamilyWhoseGainsHaveDriedUpLosesItsShareButNotAllOfIt() {
        FamilyGains gains = new FamilyGains(false);
        for (int trial = 0; trial < 20; trial++) {
            gains.add("early", 0.01, 1);
            gains.add("steady", trial % 3 == 0 ? 0.01 : 0, 1);
        }
        double before = shares(gains, "steady", "early").get("early");
        for (int trial = 0; trial < 10; trial++) {
            gains.add("early", 0, 1);
            gains.add("steady", trial % 3 == 0 ? 0.01 : 0, 1);
        }
        double after = shares(gains, "steady", "early").get("early");
        assertThat(before).isGreaterThan(0.9);
        assertThat(after).isBetween(0.03, 0.35);
    }

    @Test
    void whatWasSeenLongAgoCountsLess() {
        FamilyGains gains = new FamilyGains(false);
        for (int trial = 0; trial < 8; trial++) {
            gains.add("failing", 0, 1);
            gains.add("adding", trial % 2 == 0 ? 0.01 : 0, 1);
        }
        double soon = shares(gains, "failing", "adding").get("failing");
        for (int trial = 0; trial < 100; trial++) {
            gains.add("other", trial % 4 == 0 ? 0.01 : 0, 1);
        }
        assertThat(shares(gains, "failing", "adding").get("failing")).isGreaterThan(soon + 0.2);
    }

    @Test
    void theLargeGainsOfTheFirstTrialsCountHardlyMoreThanOthersOfTheirTime() {
        double[] shares = new double[2];
        for (int i = 0; i < 2; i++) {
            FamilyGains gains = new FamilyGains(false);
            gains.add("first", i == 0 ? 0.5 : 0.005, 1);
            gains.add("first", 0, 1);
            gains.add("first", 0, 1);
            for (int trial = 0; trial < 20; trial++) {
                gains.add("later", trial % 4 == 0 ? 0.005 : 0, 1);
            }
            shares[i] = shares(gains, "later", "first").get("first");
        }
        assertThat(shares[0]).isBetween(shares[1] - 0.05, shares[1] + 0.2);
    }

    @Test
    void whereTimeCountsASlowFamilyGetsLess() {
        FamilyGains timed = new FamilyGains(true);
        FamilyGains untimed = new FamilyGains(false);
        for (int round = 0; round < 8; round++) {
            for (FamilyGains gains : List.of(timed, untimed)) {
                gains.add("quick", round % 2 == 0 ? 0.01 : 0, 1);
                gains.add("slow", round % 2 == 0 ? 0.01 : 0, 40);
            }
        }
        double quick = shares(timed, "slow", "quick").get("quick");
        double anyway = shares(untimed, "slow", "quick").get("quick");
        assertThat(quick).isBetween(anyway + 0.2, 0.99);
    }

    @Test
    void inATrialBudgetNoSecondsEnter() {
        FamilyGains first = new FamilyGains(false);
        FamilyGains second = new FamilyGains(false);
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 30; trial++) {
            String family = random.nextBoolean() ? "a" : "b";
            double gain = random.nextInt(3) == 0 ? random.nextDouble() : 0;
            first.add(family, gain, 1);
            second.add(family, gain, 100 * random.nextDouble());
        }
        assertThat(shares(second, "a", "b")).isEqualTo(shares(first, "a", "b"));
    }

    @Test
    void aStudyOfManyTrialsOfOneKindCanStillBeDrawnFrom() {
        for (double gain : new double[] {0, 1e-300, 1}) {
            FamilyGains gains = new FamilyGains(true);
            for (int trial = 0; trial < 2000; trial++) {
                gains.add("a", gain, 0);
            }
            assertThat(shares(gains, "a", "b")).as("gain %s", gain).containsOnlyKeys("a", "b");
        }
    }
}
