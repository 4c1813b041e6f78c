package org.autotuner.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyInsightTest {

    private static final String NASTY = "<script>alert('x')</script>\"&'`\u202e\u0000\n<!-- http://evil.example/ -->";

    private static final RealParameter RATE =
            Parameter.reals("rate", 1e-5, 1e-1).log();
    private static final IntParameter DEPTH = Parameter.ints("depth", 1, 9);
    private static final ChoiceParameter<String> KIND =
            Parameter.choice("kind", "tree", "line").when("tree", SearchSpace.of(DEPTH));
    private static final SearchSpace SPACE =
            SearchSpace.of(RATE, KIND, Parameter.reals("share", 0, 1).step(0.25));

    @TempDir
    private Path folder;

    private static double value(Configuration configuration) {
        return Math.abs(Math.log10(configuration.get(RATE)) + 3)
                + (configuration.get(KIND).equals("tree") ? 0.1 * configuration.get(DEPTH) : 2);
    }

    private static List<Trial> mixed() {
        List<Trial> trials = new ArrayList<>(FanovaTest.trials(SPACE, 80, StudyInsightTest::value));
        Configuration any = SPACE.defaults();
        trials.add(Trial.running(80, any).withOutcome(new TrialOutcome.Failed("no <b>such</b> file", 1)));
        trials.add(Trial.running(81, any).withOutcome(new TrialOutcome.Pruned(1, 1)));
        trials.add(Trial.running(82, any).withOutcome(new TrialOutcome.Paused(1, 1)));
        trials.add(Trial.running(83, any).withOutcome(new TrialOutcome.Completed(Double.POSITIVE_INFINITY, 1)));
        trials.add(Trial.running(84, any));
        return trials;
    }

    private static void assertStandsAlone(String html) {
        assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        String low = html.toLowerCase(java.util.Locale.ROOT);
        assertThat(low).doesNotContain("<script", "<link", "<iframe", "<img", "<object", "<!--", "@import", "url(");
        assertThat(Pattern.compile("\\b(src|href|srcset|action|on\\w+)\\s*=")
                        .matcher(low)
                        .results())
                .isEmpty();
        assertThat(Pattern.compile("=\\s*[\"']?\\s*(https?:|//)").matcher(low).results())
                .isEmpty();
        Set<String> tags = new TreeSet<>();
        Matcher matcher = Pattern.compile("<(/?[^\\s>]*)").matcher(html);
        while (matcher.find()) {
            tags.add(matcher.group(1).replace("/", ""));
        }
        assertThat(tags)
                .isSubsetOf(
                        "!DOCTYPE",
                        "html",
                        "head",
                        "meta",
                        "title",
                        "style",
                        "body",
                        "main",
                        "header",
                        "h1",
                        "h2",
                        "p",
                        "section",
                        "div",
                        "span",
                        "b",
                        "i",
                        "svg",
                        "line",
                        "circle",
                        "rect",
                        "path",
                        "text",
                        "table",
                        "thead",
                        "tbody",
                        "tr",
                        "th",
                        "td",
                        "details",
                        "summary",
                        "ul",
                        "li");
        assertThat(html.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'))
                .isTrue();
        assertThat(html).doesNotContain("NaN", "Infinity", "@longest");
    }

    @Test
    void thePageStandsAloneAndShowsAllParts() throws IOException {
        StudyInsight insight = StudyInsight.of(SPACE, mixed());
        Path file = insight.writeTo(folder.resolve("study.html"));
        String html = Files.readString(file);
        assertStandsAlone(html);
        assertThat(html)
                .doesNotContain("http")
                .contains(
                        "85 trials: 81 completed, 1 pruned, 1 paused, 1 failed, 1 running; lower is better",
                        "Best value so far",
                        "What matters",
                        "Parallel coordinates",
                        "One parameter at a time",
                        "Two parameters at a time",
                        "Best trials",
                        "not active",
                        "no &lt;b&gt;such&lt;/b&gt; file",
                        "prefers-color-scheme:dark");
        assertThat(insight.toHtml()).isEqualTo(html);
    }

    @Test
    void namesOptionsTitlesAndCausesCannotBreakThePage() {
        RealParameter x = Parameter.reals("x" + NASTY, 0, 1);
        ChoiceParameter<String> choice = Parameter.choice("choice" + NASTY, "a" + NASTY, "b" + NASTY);
        SearchSpace space = SearchSpace.of(x, choice);
        List<Trial> trials = new ArrayList<>(FanovaTest.trials(space, 40, c -> c.get(x)));
        trials.add(Trial.running(40, space.defaults()).withOutcome(new TrialOutcome.Failed(NASTY, 1)));
        String html = StudyInsight.of(space, trials).toHtml(NASTY);
        assertStandsAlone(html);
        assertThat(html).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;&#39;&#96;\ufffd\ufffd");
    }

    @Test
    void aStudyWithoutCompletedTrialsHasAPageAndNoImportance() {
        for (List<Trial> trials : List.of(
                List.<Trial>of(),
                List.of(Trial.running(0, SPACE.defaults()).withOutcome(new TrialOutcome.Failed("disk full", 1))))) {
            StudyInsight insight = StudyInsight.of(SPACE, trials);
            assertThat(insight.importance()).isEmpty();
            assertThat(insight.interactions()).isEmpty();
            assertThat(insight.bestSoFar().points()).isEmpty();
            assertThat(insight.parallelCoordinates().lines()).isEmpty();
            assertThat(insight.slice(RATE).points()).isEmpty();
            assertThat(insight.contour(RATE, DEPTH).means()).isEmpty();
            assertStandsAlone(insight.toHtml());
        }
        assertThat(StudyInsight.of(
                                SPACE,
                                List.of(Trial.running(0, SPACE.defaults())
                                        .withOutcome(new TrialOutcome.Failed("disk full", 1))))
                        .toHtml())
                .contains("No trial completed", "1 \u00d7 disk full");
    }

    @Test
    void fewTrialsEqualValuesAndEmptySpacesWork() {
        for (List<Trial> trials : List.of(FanovaTest.trials(SPACE, 1, c -> 3), FanovaTest.trials(SPACE, 50, c -> 0))) {
            StudyInsight insight = StudyInsight.of(SPACE, trials);
            assertThat(insight.importance()).isEmpty();
            assertStandsAlone(insight.toHtml());
        }
        SearchSpace none = SearchSpace.empty();
        int[] count = new int[1];
        assertStandsAlone(StudyInsight.of(none, FanovaTest.trials(none, 20, c -> count[0]++))
                .toHtml());
    }

    @Test
    void theBestSoFarFollowsTheDirection() {
        List<Trial> trials = new ArrayList<>();
        double[] values = {3, 5, 2, 4};
        for (int i = 0; i < values.length; i++) {
            trials.add(Trial.running(i, SPACE.defaults()).withOutcome(new TrialOutcome.Completed(values[i], 1)));
        }
        assertThat(StudyInsight.of(SPACE, trials).bestSoFar().points())
                .extracting(BestSoFar.Point::best)
                .containsExactly(3.0, 3.0, 2.0, 2.0);
        assertThat(StudyInsight.ofMaximised(SPACE, trials).bestSoFar().points())
                .extracting(BestSoFar.Point::best)
                .containsExactly(3.0, 5.0, 5.0, 5.0);
        assertThat(StudyInsight.ofMaximised(SPACE, trials).toHtml()).contains("higher is better", "<b>5</b>");
    }

    @Test
    void linesHoldTheirPlacesAndWhatIsNotActive() {
        StudyInsight insight = StudyInsight.of(SPACE, mixed());
        ParallelCoordinates lines = insight.parallelCoordinates();
        assertThat(lines.lines()).hasSize(80);
        assertThat(lines.axes()).extracting(Axis::label).containsExactlyInAnyOrder("rate", "kind", "depth", "share");
        int kind = lines.axes().indexOf(insight.slice(KIND).axis());
        int depth = lines.axes().indexOf(insight.slice(DEPTH).axis());
        assertThat(lines.lines())
                .allSatisfy(line -> assertThat(Double.isNaN(line.positions().get(depth)))
                        .isEqualTo(line.positions().get(kind) > 0.5));
    }

    @Test
    void equalParametersOfSeveralOptionsShareAnAxisAndOthersAreToldApart() {
        RealParameter rate = Parameter.reals("rate", 0, 1);
        RealParameter wide = Parameter.reals("rate", 0, 2);
        ChoiceParameter<String> kind = Parameter.choice("kind", "a", "b", "c")
                .when("a", SearchSpace.of(rate))
                .when("b", SearchSpace.of(rate))
                .when("c", SearchSpace.of(wide));
        StudyInsight insight = StudyInsight.of(
                SearchSpace.of(kind),
                FanovaTest.trials(SearchSpace.of(kind), 60, c -> c.get(kind).equals("c") ? c.get(wide) : c.get(rate)));
        assertThat(insight.parallelCoordinates().axes())
                .extracting(Axis::label)
                .containsExactlyInAnyOrder("kind", "rate (kind=a)", "rate (kind=c)");
        assertThat(insight.slice(rate).points().size()
                        + insight.slice(wide).points().size())
                .isEqualTo(60);
        assertThatThrownBy(() -> insight.slice(Parameter.reals("rate", 0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rate'");
    }

    @Test
    void ticksAreRoundValuesAtTheirPlaces() {
        assertThat(Axis.of("x", Parameter.reals("x", 1e-4, 1).log()).ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("0.0001", "0.001", "0.01", "0.1", "1");
        assertThat(Axis.of("x", Parameter.reals("x", 0, 10)).ticks())
                .containsExactly(new Axis.Tick(0, "0"), new Axis.Tick(0.5, "5"), new Axis.Tick(1, "10"));
        assertThat(Axis.of("n", Parameter.ints("n", 1, 4)).ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("1", "2", "3", "4");
        assertThat(Axis.of("o", Parameter.ordinal("o", "s", "m")).ticks())
                .containsExactly(new Axis.Tick(0.25, "s"), new Axis.Tick(0.75, "m"));
        assertThat(Axis.of("n", Parameter.ints("n", 0, Integer.MAX_VALUE)).ticks())
                .hasSizeBetween(3, 8);
    }

    @Test
    void numbersHaveFourDigitsAtMost() {
        assertThat(List.of(
                        Numbers.text(0),
                        Numbers.text(120_000),
                        Numbers.text(0.123456),
                        Numbers.text(1e-7),
                        Numbers.text(-1.23456e12),
                        Numbers.text(-0.5),
                        Numbers.percent(0.12345),
                        Numbers.percent(1e-5)))
                .containsExactly("0", "120000", "0.1235", "1e-7", "-1.235e12", "-0.5", "12.3 %", "<0.1 %");
    }

    @Test
    void aLargeStudyGivesAPageOfBearableSize() {
        List<Parameter<?>> parameters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parameters.add(Parameter.reals("p" + i, 0, 1));
        }
        SearchSpace space = SearchSpace.of(parameters);
        RealParameter first = (RealParameter) parameters.get(0);
        List<Trial> trials = FanovaTest.trials(space, 2_000, c -> c.get(first));
        StudyInsight insight = StudyInsight.of(space, trials);
        assertThat(insight.importance().get(0).label()).isEqualTo("p0");
        String html = insight.toHtml();
        assertStandsAlone(html);
        assertThat(html.length()).isLessThan(3_000_000);
        assertThat(html).contains("500 of 2000 trials", "12 most important of 20 parameters");
    }
}
