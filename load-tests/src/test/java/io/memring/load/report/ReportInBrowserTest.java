package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/**
 * Looks at the page in a real browser, a headless Chromium, if there is one: {@code
 * bin/install-browser} brings it. The screenshots stay in {@code target/report-screenshots}.
 */
final class ReportInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "report-screenshots");
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome");

    /** Colours of lines in the style sheet: of the first two series, in light and in dark. */
    private static final int[] LIGHT = {0x0b62c4, 0xc8441b};

    private static final int[] DARK = {0x6cb0ff, 0xff8f66};

    enum Look {
        LIGHT_WIDE(1100, false),
        DARK_WIDE(1100, true),
        LIGHT_NARROW(600, false);

        private final int width;
        private final boolean dark;

        Look(int width, boolean dark) {
            this.width = width;
            this.dark = dark;
        }
    }

    @TempDir private Path folder;

    private static @Nullable Path browser;

    @BeforeAll
    static void findBrowser() throws IOException {
        browser =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .flatMap(path -> BROWSERS.stream().map(name -> Path.of(path, name)))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(browser != null, "no Chromium here: reports are not looked at in a browser");
        Files.createDirectories(SCREENSHOTS);
    }

    @Test
    void page_ofARun_isDrawn() throws Exception {
        List<Side> run = List.of(new Side("127.0.0.1:11211", List.of(SampleRuns.plain())));

        assertDrawn(run, "run", Look.LIGHT_WIDE, 5);
    }

    @Test
    void page_ofATroubledRun_isDrawn() throws Exception {
        List<Side> run = List.of(new Side("127.0.0.1:11211", List.of(SampleRuns.troubled())));

        assertDrawn(run, "troubled", Look.LIGHT_NARROW, 7);
    }

    @Test
    void page_ofAComparison_isDrawn() throws Exception {
        Side fast =
                new Side(
                        "127.0.0.1:11211",
                        List.of(SampleRuns.round(1, 60_000), SampleRuns.round(2, 64_000)));
        Side slow =
                new Side(
                        "127.0.0.1:11311",
                        List.of(SampleRuns.round(3, 90_000), SampleRuns.round(4, 80_000)));

        assertDrawn(List.of(fast, slow), "comparison", Look.DARK_WIDE, 7);
    }

    /** The probe that tests add to a page tells in its title what a person would look for. */
    private static final String PROBE =
            """
            <script>
            {
            const charts = [...document.querySelectorAll('figure.chart > svg, svg.mix')];
            const visible = charts.filter(chart => chart.getBoundingClientRect().height > 10);
            const wide = document.documentElement.scrollWidth > innerWidth;
            const cut = [...document.querySelectorAll('figure.chart > svg text')].filter(text => {
              const box = text.getBoundingClientRect();
              const chart = text.ownerSVGElement.getBoundingClientRect();
              return box.left < chart.left - 1 || box.right > chart.right + 1;
            });
            const tip = document.querySelector('.tip');
            tip.dispatchEvent(new PointerEvent('pointermove', {bubbles: true}));
            const told = document.getElementById('tip').textContent === tip.dataset.tip;
            document.title = `charts ${visible.length} wide ${wide} cut ${cut.length} told ${told}`;
            }
            </script>
            """;

    private void assertDrawn(List<Side> sides, String name, Look look, int charts)
            throws IOException, InterruptedException {
        Path page = folder.resolve(name + ".html");
        Files.writeString(page, ReportPage.of(sides) + PROBE);
        Path picture = SCREENSHOTS.resolve(name + '-' + look + ".png").toAbsolutePath();
        Files.deleteIfExists(picture);

        String said = browse(page, look, picture);

        assertThat(said)
                .contains("<title>charts " + charts + " wide false cut 0 told true</title>")
                .doesNotContain(":CONSOLE");
        Map<Integer, Integer> colours = colours(ImageIO.read(picture.toFile()));
        for (int colour : look.dark ? DARK : LIGHT) {
            assertThat(colours.getOrDefault(colour, 0)).isGreaterThan(200);
        }
    }

    /** Takes the picture of a page, and returns the page and all that the browser says. */
    private String browse(Path page, Look look, Path picture)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        Collections.addAll(command, String.valueOf(browser), "--headless", "--no-sandbox");
        Collections.addAll(command, "--disable-gpu", "--disable-quic", "--no-first-run");
        Collections.addAll(command, "--disable-background-networking", "--disable-sync");
        Collections.addAll(command, "--disable-component-update", "--hide-scrollbars");
        Collections.addAll(
                command, "--enable-logging=stderr", "--window-size=" + look.width + ",4000");
        Collections.addAll(command, "--user-data-dir=" + Files.createTempDirectory(folder, "user"));
        if (look.dark) {
            command.add("--blink-settings=preferredColorScheme=0");
        }
        Collections.addAll(
                command, "--dump-dom", "--screenshot=" + picture, page.toUri().toString());
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        process.waitFor();
        return Files.readString(said, UTF_8);
    }

    private static Map<Integer, Integer> colours(BufferedImage picture) {
        Map<Integer, Integer> colours = new TreeMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.merge(picture.getRGB(x, y) & 0xffffff, 1, Integer::sum);
            }
        }
        return colours;
    }
}
