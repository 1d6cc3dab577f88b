package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;

/** A case as a PDF file of the browser, read as the prosecutor's program reads it. */
@Tag("long")
final class CasePaperTest {

    private static final String NUMBER = "P-2026-007";
    private static final String LONG =
            "https://pay.example.com/transfer?token=" + "0123456789abcdef".repeat(60) + "&to=end-of-the-address";
    private static final String UZBEK = "Жабрланувчи қўнғироқдан сўнг жамғармасини ўтказган.";
    private static final String KOREAN = "피해자는 은행 직원을 사칭한 전화를 받았다.";
    private static final int VALUES = 90;

    /** Nearer to the edge of the paper than this, in points, printers cut. */
    private static final float EDGE = 20;

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @RegisterExtension
    final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        centre = CaseStories.start(centres);
        CentreClient admin = centre.adminClient();
        ok(CaseStories.post(
                admin,
                "/api/cases",
                Map.of(
                        "number",
                        NUMBER,
                        "title",
                        "A title that goes on and on, as titles of files do that several people wrote together, "
                                + "Кибержиноят, 사이버범죄",
                        "type",
                        "fraud",
                        "unit",
                        "Unit 3",
                        "summary",
                        UZBEK + "\n" + KOREAN,
                        "losses",
                        List.of(
                                Map.of("amount", "1200.5", "currency", "EUR", "note", "first victim"),
                                Map.of("amount", "99.25", "currency", "EUR", "note", "иккинчи жабрланувчи")))));
        observe(admin, "infrastructure", List.of(LONG, "login.example.com"));
        observe(
                admin,
                "suspect",
                IntStream.range(0, VALUES)
                        .mapToObj(i -> "host-" + i + ".example.org")
                        .toList());
        ok(CaseStories.post(admin, "/api/cases/" + NUMBER + "/notes", Map.of("text", KOREAN + " " + "x".repeat(400))));
        String met = ok(CaseStories.post(
                        admin, "/api/indicators", Map.of("value", "host-3.example.org", "name", "Reported host")))
                .at("/objects/0/id")
                .asText();
        ok(CaseStories.post(
                admin,
                "/api/objects/" + met + "/verdicts",
                Map.of("value", "host-3.example.org", "verdict", "confirmed", "note", "seen in the log of the bank")));
    }

    private static void observe(CentreClient admin, String role, List<String> values) {
        ok(CaseStories.post(admin, "/api/cases/" + NUMBER + "/observables", Map.of("values", values, "role", role)));
    }

    private Page shown(String language) {
        Page page = browser.signIn(centre, "anna", "#/cases/" + NUMBER, language, ColorScheme.DARK);
        Browser.settled(page);
        page.locator("koprik-case-matches tbody tr").first().waitFor();
        return page;
    }

    private static PDDocument paper(Page page, String name) throws IOException {
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
        Path folder = Files.createDirectories(Path.of("target", "screens"));
        Files.write(folder.resolve(name + ".pdf"), pdf);
        PDDocument paper = Loader.loadPDF(pdf);
        for (int i = 0; i < paper.getNumberOfPages(); i++) {
            ImageIO.write(
                    new PDFRenderer(paper).renderImageWithDPI(i, 70),
                    "png",
                    folder.resolve(name + "-" + (i + 1) + ".png").toFile());
        }
        return paper;
    }

    /** The text of a page, from line to line across all columns. */
    private static String text(PDDocument paper, int page) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        return stripper.getText(paper);
    }

    /** Letters nearer to an edge of the paper than printers go, or beyond it. */
    private static List<String> cut(PDDocument paper) throws IOException {
        List<String> cut = new ArrayList<>();
        PDFTextStripper stripper = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition letter) {
                if (letter.getXDirAdj() < EDGE
                        || letter.getXDirAdj() + letter.getWidthDirAdj() > letter.getPageWidth() - EDGE
                        || letter.getYDirAdj() > letter.getPageHeight() - EDGE
                        || letter.getYDirAdj() - letter.getHeightDir() < EDGE) {
                    cut.add(letter + " on page " + getCurrentPageNo());
                }
                super.processTextPosition(letter);
            }
        };
        stripper.getText(paper);
        return cut;
    }

    /** Without the breaks of lines, which may be anywhere in a long value. */
    private static String joined(String text) {
        return text.replaceAll("[\\s\\h]+", "");
    }

    @Test
    void allThatAProsecutorNeedsIsOnNumberedPages() throws Exception {
        try (PDDocument paper = paper(shown("en"), "paper-en")) {
            int pages = paper.getNumberOfPages();
            assertTrue(pages >= 3, () -> pages + " pages");
            StringBuilder all = new StringBuilder();
            for (int page = 1; page <= pages; page++) {
                String text = text(paper, page);
                String number = page + " / " + pages;
                assertTrue(text.contains("Case " + NUMBER), () -> "the head of the page: " + text);
                assertTrue(joined(text).endsWith(joined(number)), () -> "the number of the page: " + text);
                all.append(text.replace(number, ""));
            }
            String text = all.toString();
            String cells = joined(new PDFTextStripper().getText(paper)); // from cell to cell
            for (String part : List.of(
                    "Unit 3",
                    "fraud",
                    "1,200.50 EUR",
                    "1,299.75 EUR",
                    "first victim",
                    "GMT+5",
                    "signed by Tashkent",
                    "confirmed, local",
                    "seen in the log of the bank",
                    "Reported host",
                    "Printed")) {
                assertTrue(cells.contains(joined(part)), () -> part + " is missing: " + text);
            }
            for (String part : List.of(UZBEK, KOREAN, "иккинчи жабрланувчи", "Кибержиноят")) {
                assertTrue(joined(text).contains(joined(part)), () -> part + " is missing: " + text);
            }
            for (int i = 0; i < VALUES; i++) {
                assertTrue(text.contains("host-" + i + ".example.org"), "host-" + i);
            }
            assertTrue(joined(text).contains(LONG), "the long value is whole");
            for (String control : List.of("Share", "Add values", "Look up", "Skip to", "Confirm match", "Sign out")) {
                assertTrue(!text.contains(control), () -> control + " is on the paper: " + text);
            }
            assertEquals(List.of(), cut(paper), "letters at the edge of the paper");
            assertTrue(!text.contains("lacks"), "it is complete");
        }
    }

    @Test
    void itFitsThePaperInEachLanguage() throws Exception {
        for (String language : Browser.LANGUAGES) {
            Page page = shown(language);
            try (PDDocument paper = paper(page, "paper-" + language)) {
                assertEquals(List.of(), cut(paper), language);
                String text = joined(text(paper, 1));
                assertTrue(text.contains(joined(UZBEK)) && text.contains(joined(KOREAN)), text);
            }
            page.close();
        }
    }

    @Test
    void whatCouldNotBeLoadedIsSaidOnThePaper() throws Exception {
        browser.expect("500 GET .*/history$");
        Page page = browser.signIn(
                centre,
                "anna",
                "#/cases/" + NUMBER,
                "en",
                ColorScheme.LIGHT,
                options -> options,
                fresh -> fresh.route(
                        "**/history",
                        route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(500))));
        Browser.settled(page);
        page.locator("koprik-case-matches tbody tr").first().waitFor();
        try (PDDocument paper = paper(page, "paper-part")) {
            assertTrue(text(paper, 1).contains("This print lacks: History"), text(paper, 1));
        }
    }

    @Test
    void eachColumnOfTheTableOnPaperIsReadable() throws Exception {
        Page page = shown("en");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        page.setViewportSize(718, 1000); // the width of the paper between its margins
        Object narrow = page.locator("koprik-case-print")
                .evaluate(
                        """
                        element => [...element.shadowRoot.querySelectorAll('.list td, .list th')]
                            .filter((cell) => cell.textContent.trim() && cell.getBoundingClientRect().width < 40)
                            .map((cell) => cell.textContent)""");
        assertEquals(Collections.emptyList(), narrow);
    }
}
