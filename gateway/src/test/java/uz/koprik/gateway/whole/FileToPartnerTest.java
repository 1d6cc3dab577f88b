package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.imports.Workbooks;

/**
 * A report, a spreadsheet, a mail with an attachment and a feed go from a file to a partner; each step says its counts.
 */
@Execution(ExecutionMode.CONCURRENT)
class FileToPartnerTest {

    private static final String REPORT =
            """
            # The loader of May

            The loader asks hxxps://loader[.]evil-one[.]example[.]net/gate and falls back to 198.51.100[.]61.
            It was described at [a blog](https://blog.example.org/post), file `setup.exe`, version 1.2.3.4.
            """;

    private static final String ROWS = "<row r='1'><c r='A1' t='inlineStr'><is><t>Значение</t></is></c>"
            + "<c r='B1' t='inlineStr'><is><t>Тип</t></is></c></row>"
            + "<row r='2'><c r='A2' t='inlineStr'><is><t>sheet.evil-two.example.net</t></is></c>"
            + "<c r='B2' t='inlineStr'><is><t>домен</t></is></c></row>"
            + "<row r='3'><c r='A3' t='inlineStr'><is><t>198.51.100.62</t></is></c>"
            + "<c r='B3' t='inlineStr'><is><t>ip</t></is></c></row>";

    private static final String FEED = "value,name\nfeed.evil-four.example.net,Feed\n198.51.100.64,Feed\n";

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void whatFilesNameArrivesAtThePartner() throws Exception {
        try (ChildCentre tashkent = ChildCentre.init("tashkent", folder, ChildCentre.SHORT_LIVED);
                ChildCentre moscow = ChildCentre.init("moscow", folder, ChildCentre.SHORT_LIVED)) {
            ChildCentre.introduce(tashkent, moscow);
            tashkent.quickFeeds();
            moscow.quickFeeds();
            tashkent.settings("sources: []", "sources: [{name: daily, path: daily.csv, tlp: green, interval: 1h}]");
            Files.writeString(tashkent.home().resolve("daily.csv"), FEED);
            tashkent.start();
            moscow.start();

            Path report = Files.writeString(folder.resolve("report.md"), REPORT);
            String preview = tashkent.koprik("import", "--text", report.toString());
            assertTrue(preview.contains("report.md: markdown, 2 values, 2 doubtful, 0 never blocked"), preview);
            assertTrue(preview.contains("Nothing was stored."), preview);
            String taken = tashkent.koprik(
                    "import",
                    "--text",
                    "--as",
                    "report",
                    "--name",
                    "Loader of May",
                    "--tlp",
                    "green",
                    report.toString());
            assertTrue(taken.contains("accepted  url https://loader.evil-one.example.net/gate  indicator--"), taken);

            Path sheet = Workbooks.write(folder.resolve("sheet.xlsx"), ROWS);
            String rows = tashkent.koprik("import", "--tlp", "green", sheet.toString());
            assertTrue(rows.contains("2 accepted, 0 unchanged, 0 refused"), rows);
            assertTrue(rows.contains("read as: domain 1, ipv4 1"), rows);

            Path mail = Files.writeString(folder.resolve("mail.eml"), mail());
            String read = tashkent.koprik("import", "--text", "--as", "indicators", "--tlp", "green", mail.toString());
            assertTrue(read.contains("mail, "), read);
            assertTrue(read.contains("accepted  url http://mail.evil-three.example.net/pay  indicator--"), read);

            RunningCentre.await(() -> tashkent.koprik("feed", "list").contains("well"));
            String feed = tashkent.koprik("feed", "show", "daily");
            assertTrue(feed.contains("2 entries: 2 new"), feed);

            for (String value : List.of(
                    "https://loader.evil-one.example.net/gate",
                    "198.51.100.61",
                    "sheet.evil-two.example.net",
                    "198.51.100.62",
                    "http://mail.evil-three.example.net/pay",
                    "attached.evil-three.example.net",
                    "feed.evil-four.example.net",
                    "198.51.100.64")) {
                RunningCentre.await(() -> moscow.get("/api/search?q="
                                + java.net.URLEncoder.encode('"' + value + '"', StandardCharsets.UTF_8))
                        .contains("\"type\":\"indicator\""));
            }
            String there = moscow.get("/api/search?q=type:report");
            assertTrue(there.contains("Loader of May") && there.contains("tashkent"), there);
            String doubtful = moscow.get("/api/search?q=blog.example.org");
            assertTrue(!doubtful.contains("\"type\":\"indicator\""), "a doubtful value was not taken: " + doubtful);
        }
    }

    private static String mail() {
        String attached = Base64.getMimeEncoder()
                .encodeToString("Seen: attached[.]evil-three[.]example[.]net\n".getBytes(StandardCharsets.UTF_8));
        return """
                From: Alerts <alerts@mail-gate.example.net>
                To: Victim <victim@example.org>
                Subject: Phishing
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b1"

                --b1
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                They sent hxxp://mail[.]evil-three[.]example[.]net/p=
                ay to many.

                --b1
                Content-Type: text/plain; name="seen.txt"
                Content-Disposition: attachment; filename="seen.txt"
                Content-Transfer-Encoding: base64

                """
                        .replace("\n", "\r\n")
                + attached + "\r\n--b1--\r\n";
    }
}
