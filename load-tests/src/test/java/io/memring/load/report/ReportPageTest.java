package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ReportPageTest {

    private static final Side PLAIN = new Side("127.0.0.1:11211", List.of(SampleRuns.plain()));

    @Test
    void of_anyRun_needsNothingFromElsewhere() {
        assertThat(ReportPage.of(List.of(PLAIN)))
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("http:", "https:", " src=", "<link", "@import", "url(");
    }

    @Test
    void of_textFromElsewhere_isEscaped() {
        assertThat(ReportPage.of(List.of(new Side("<i>x</i>", List.of(SampleRuns.troubled())))))
                .contains("&lt;churn &amp; &quot;trouble&quot;&gt;: &lt;i&gt;x&lt;/i&gt;")
                .contains("SERVER_ERROR out of memory &lt;b&gt;")
                .doesNotContain("<i>", "<b>\"");
    }

    @Test
    void of_plainRun_hasNoErrorsToShow() {
        assertThat(ReportPage.of(List.of(PLAIN)))
                .contains("<h2>Errors</h2><p>None.</p>")
                .doesNotContain("Errors over time", "Ramp", "Warning");
    }

    @Test
    void of_troubledRun_saysWhatWentWrong() {
        assertThat(ReportPage.of(List.of(new Side("node", List.of(SampleRuns.troubled())))))
                .contains("Errors over time")
                .contains("Warning</strong> the generator was the limit: 100% of a core.")
                .contains("key:17: expected 100 bytes of seed 17, got 99")
                .contains("all, from when sent")
                .contains("The highest rate with p99 ≤ 1.00 ms: 40.0k/s.");
    }

    @Test
    void of_run_showsStatisticsThatChangedWithTheirDifference() {
        assertThat(ReportPage.of(List.of(PLAIN)))
                .contains("<th scope=\"row\">uptime</th><td>12</td><td>52</td><td>+40</td>")
                .contains("<th scope=\"row\">version</th><td>1.6.45</td></tr>");
    }

    @Test
    void of_twoSides_namesBothInEachChart() {
        Side slow = new Side("slow", List.of(SampleRuns.round(1, 90_000)));
        Side fast = new Side("fast", List.of(SampleRuns.round(2, 60_000)));

        assertThat(ReportPage.of(List.of(slow, fast)))
                .contains("write-heavy: slow against fast")
                .contains("Ratio by round")
                .contains("</svg>slow p99</li>", "</svg>fast p99</li>")
                .contains("</svg>slow</li>", "</svg>fast</li>");
    }
}
