package uz.koprik.indicators.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.text.Recognition;

final class DocumentReaderTest {

    private static final String SHA256 = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca5403";

    @TempDir
    Path folder;

    private DocumentValues read(String name, byte[] bytes) throws Exception {
        return read(name, bytes, Optional.empty(), DocumentLimits.USUAL);
    }

    private DocumentValues read(String name, byte[] bytes, Optional<String> encoding, DocumentLimits limits)
            throws IOException, DocumentRefused {
        Path file = Files.write(folder.resolve("document"), bytes);
        DocumentValues values = new DocumentReader(Recognition.PLAIN, limits).read(file, name, encoding);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing is left beside the document");
        }
        return values;
    }

    private String refusal(String name, byte[] bytes) {
        return assertThrows(DocumentRefused.class, () -> read(name, bytes)).getMessage();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> sure(DocumentValues values) {
        return values.values().stream()
                .filter(value -> !value.isDoubtful())
                .map(value -> value.observable().value())
                .collect(Collectors.toSet());
    }

    private static Set<String> doubtful(DocumentValues values) {
        return values.values().stream()
                .filter(FoundValue::isDoubtful)
                .map(value -> value.observable().value())
                .collect(Collectors.toSet());
    }

    private static FoundValue value(DocumentValues values, String value) {
        return values.values().stream()
                .filter(one -> one.observable().value().equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsAValueWithItsLineAndItsSentence() throws Exception {
        DocumentValues values = read(
                "report.txt",
                utf8(
                        "Report on a campaign.\n\nIn May the actors moved. The loader called\n192.0.2.7 every hour. Then it"
                                + " stopped.\n"));
        FoundValue found = value(values, "192.0.2.7");
        assertEquals(DocumentFormat.TEXT, values.format());
        assertEquals(List.of("line 4"), found.places());
        assertEquals("The loader called 192.0.2.7 every hour.", found.sentence());
        assertFalse(found.isDoubtful());
    }

    @Test
    void aSentenceOfAListIsItsOwnLine() throws Exception {
        DocumentValues values =
                read("list.txt", utf8("Addresses and hashes\nct-evil.example.com\n192.0.2.230\n" + SHA256 + "\n"));
        assertEquals("192.0.2.230", value(values, "192.0.2.230").sentence());
        assertEquals(Set.of("ct-evil.example.com", "192.0.2.230", SHA256), sure(values));
    }

    @Test
    void aLineThatEndsBeforeThePageDoesEndsItsSentence() throws Exception {
        DocumentValues values = read(
                "notes.txt",
                utf8("192.0.2.230 Tashkent\n+44 20 7946 0958 London\nThe caller moved to\nthe address 192.0.2.231\n"));
        assertEquals("192.0.2.230 Tashkent", value(values, "192.0.2.230").sentence());
        assertEquals("+44 20 7946 0958 London", value(values, "+442079460958").sentence());
        assertEquals(
                "The caller moved to the address 192.0.2.231",
                value(values, "192.0.2.231").sentence());
    }

    @Test
    void aSentenceIsCutAtThreeHundredCharacters() throws Exception {
        DocumentValues values = read("a.txt", utf8("word ".repeat(200) + "192.0.2.7 " + "word ".repeat(200)));
        String sentence = value(values, "192.0.2.7").sentence();
        assertTrue(sentence.length() <= 302 && sentence.contains("192.0.2.7"), sentence);
    }

    @Test
    void aLongTextKeepsItsLineNumbers() throws Exception {
        String text = "Nothing to see in this line.\n".repeat(20_000) + "Seen: 192.0.2.9 today.\r\nAnd 192.0.2.10.\r\n";
        DocumentValues values = read("log.txt", utf8(text));
        assertEquals(List.of("line 20001"), value(values, "192.0.2.9").places());
        assertEquals(List.of("line 20002"), value(values, "192.0.2.10").places());
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE,false", "windows-1251,true", "KOI8-R,true", "UTF-8,false"})
    void textOfOtherEncodingsIsReadAndAGuessIsSaid(String charset, boolean warned) throws Exception {
        String text = "Сервер управления находится по адресу 192.0.2.44 и отвечает каждый час.\n";
        byte[] bytes = (charset.startsWith("UTF-16") ? "\uFEFF" + text : text).getBytes(Charset.forName(charset));
        DocumentValues values = read("report.txt", bytes);
        assertEquals(text.strip(), value(values, "192.0.2.44").sentence());
        assertEquals(
                warned, !values.warnings().isEmpty(), () -> values.warnings().toString());
    }

    @Test
    void aStatedEncodingIsTaken() throws Exception {
        byte[] bytes = "Адрес 192.0.2.44 в сети".getBytes(Charset.forName("KOI8-R"));
        DocumentValues values = read("a.txt", bytes, Optional.of("KOI8-R"), DocumentLimits.USUAL);
        assertEquals("Адрес 192.0.2.44 в сети", value(values, "192.0.2.44").sentence());
        assertEquals(List.of(), values.warnings());
    }

    @Test
    void linksOfMarkdownAreDoubtful() throws Exception {
        DocumentValues values = read(
                "report.md",
                utf8("# IOCs of May\n| Type | Value |\n|---|---|\n| Domain | md-evil[.]example[.]com |\n| SHA256 | `"
                        + SHA256
                        + "` |\n- [report](https://intel.example.com/r1)\n- hxxp://md-evil[.]example[.]com/a\\_b\n"));
        assertEquals("IOCs of May", values.title());
        assertEquals(Set.of("md-evil.example.com", SHA256, "http://md-evil.example.com/a_b"), sure(values));
        assertEquals(Set.of("https://intel.example.com/r1"), doubtful(values));
    }

    @Test
    void aDocumentThatDefangsHasLiveNamesAsDoubtful() throws Exception {
        DocumentValues values = read(
                "a.txt",
                utf8("The server is evil[.]example[.]net at 192.0.2.5. See https://blog.example.org/post for more."));
        assertEquals(Set.of("evil.example.net", "192.0.2.5"), sure(values));
        assertEquals(Set.of("https://blog.example.org/post"), doubtful(values));
    }

    @Test
    void numbersOfVersionsAreDoubtful() throws Exception {
        DocumentValues values = read("a.txt", utf8("Chrome version 120.0.6099.1 is old, and so is v 10.2.3.4.\n"));
        assertEquals(Set.of(), sure(values));
    }

    @Test
    void numbersOfNotesAreNoPartOfTheValueBeforeThem() throws Exception {
        DocumentValues page = read(
                "page.html",
                utf8("<html><body>203.0.113.2<sup>1</sup>, http://evil.example/a<sup>3</sup>, evil2.example<sup>2</sup>"
                        + "</body></html>"));
        assertEquals(Set.of("203.0.113.2", "http://evil.example/a", "evil2.example"), sure(page));

        byte[] report = SampleDocuments.zip(
                Map.of(
                        "[Content_Types].xml",
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
                        "word/document.xml",
                        """
                <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>\
                <w:r><w:t>203.0.113.2</w:t></w:r>\
                <w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>\
                </w:p></w:body></w:document>"""));
        assertEquals(Set.of("203.0.113.2"), sure(read("report.docx", report)));
    }

    @Test
    void textThatIsHiddenInAPageIsNoPartOfValues() throws Exception {
        DocumentValues page = read(
                "page.html",
                utf8(
                        """
                        <html><body><p>evil<span style="font-size: 0px">x</span>.example</p>
                        <p>198.51.100.<span style="color:red; VISIBILITY: hidden">9</span>77</p>
                        <p>a<span style="opacity:0">b</span><span style="opacity:0.5">c</span>.example</p>
                        <p><code>5d41402abc4b2a76b9719d911017c592</code><code>5d41402abc4b2a76b9719d911017c593</code></p>
                        <details><summary>first.example</summary>second.example</details>
                        <p>evil&rlm;mark.example</p></body></html>"""));
        assertEquals(
                Set.of(
                        "evil.example",
                        "198.51.100.77",
                        "ac.example",
                        "5d41402abc4b2a76b9719d911017c592",
                        "5d41402abc4b2a76b9719d911017c593",
                        "first.example",
                        "second.example",
                        "evilmark.example"),
                sure(page));
    }

    @Test
    void textThatIsHiddenInADocxIsNoPartOfValues() throws Exception {
        byte[] report = SampleDocuments.zip(
                Map.of(
                        "[Content_Types].xml",
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
                        "word/document.xml",
                        """
                <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>\
                <w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>evil</w:t></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>\
                <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>.example</w:t></w:r>\
                <w:r><w:ptab/><w:t>203.0.113.2</w:t><w:sym w:char="F0B7"/><w:t>evil2.example</w:t></w:r>\
                </w:p></w:body></w:document>"""));
        assertEquals(Set.of("evil.example", "203.0.113.2", "evil2.example"), sure(read("report.docx", report)));
    }

    @Test
    void pagesToWhichAPageSendsOnAreLinks() throws Exception {
        DocumentValues values = read(
                "page.html",
                utf8("<html><head><meta http-equiv='Refresh' content=\"0; URL='http://evil.example/r'\"></head>"
                        + "<body><p>Wait</p><button formaction='http://evil.example/f'>Go</button></body></html>"));
        assertEquals(Set.of("http://evil.example/r", "http://evil.example/f"), doubtful(values));
    }

    @Test
    void htmlIsTheTextThatShows() throws Exception {
        DocumentValues values = read(
                "page.html",
                utf8("<!doctype html><html><head><title>A report</title><style>a{x:url(http://css.example.com)}</style>"
                        + "<script>var u='http://script.example.com/';</script></head><body><p>First paragraph</p><p>It calls"
                        + " <b>evil</b>&#46;example&shy;.net at <i>192.0.2.8</i>.</p><p style='display: none'>203.0.113.99</p>"
                        + "<a href='https://source.example.org/p'>source</a>"
                        + "<a href='https://eur01.safelinks.protection.outlook.com/?url=http%3A%2F%2Fwrapped.example.com%2Fa&data=1'>x</a>"
                        + "</body></html>"));
        assertEquals("A report", values.title());
        assertEquals(Set.of("evil.example.net", "192.0.2.8"), sure(values));
        assertEquals(Set.of("https://source.example.org/p", "http://wrapped.example.com/a"), doubtful(values));
        assertEquals(
                "It calls evil.example.net at 192.0.2.8.",
                value(values, "192.0.2.8").sentence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div style='display:none'><p><a href='TARGET'>x</a></p></div>",
                "<a hidden href='TARGET'>x</a>",
                "<a href='https://urldefense.com/v3/__TARGET__;!!a!b$'>x</a>",
                "<a href='https://urldefense.us/v3/__http://evil.example.net/a*b__;Lw!!a!b$'>x</a>",
                "<a href='https://urldefense.proofpoint.com/v1/url?u=TARGET&k=a'>x</a>",
                "<a href='https://urldefense.proofpoint.com/v2/url?u=http-3A__evil.example.net_a_b&d=a'>x</a>",
                "<a href='https://www.google.com/url?q=TARGET&sa=D'>x</a>",
                "<a href='https://l.facebook.com/l.php?u=http%3A%2F%2Fevil.example.net%2Fa%2Fb&h=a'>x</a>",
                "<a href='https://linkprotect.cudasvc.com/url?a=http%3a%2f%2fevil.example.net%2fa%2fb&c=E,1'>x</a>",
                "<a href='https://secure-web.cisco.com/1ab/http%3A%2F%2Fevil.example.net%2Fa%2Fb'>x</a>"
            })
    void whereLinksLeadIsRead(String link) throws Exception {
        String target = "http://evil.example.net/a/b";
        DocumentValues values =
                read("page.html", utf8("<html><body>" + link.replace("TARGET", target) + "</body></html>"));
        assertEquals(Set.of(), sure(values));
        assertEquals(Set.of(target), doubtful(values));
    }

    @Test
    void pdfIsReadByPages() throws Exception {
        byte[] pdf = SampleDocuments.pdf(
                "",
                "https://source.example.org/p",
                List.of("Report", "The loader calls 192.0.2.7 every", "hour. It sleeps."),
                List.of("More: http://evil.example.net/gate.php and", SHA256));
        DocumentValues values = read("report.bin", pdf);
        assertEquals(DocumentFormat.PDF, values.format());
        assertEquals(Set.of("192.0.2.7", "http://evil.example.net/gate.php", SHA256), sure(values));
        assertEquals(Set.of("https://source.example.org/p"), doubtful(values));
        assertEquals(List.of("page 1, line 2"), value(values, "192.0.2.7").places());
        assertEquals(List.of("page 2, line 2"), value(values, SHA256).places());
        assertTrue(
                value(values, "192.0.2.7").sentence().endsWith("The loader calls 192.0.2.7 every hour."),
                value(values, "192.0.2.7").sentence());
    }

    @Test
    void valuesThatTheLayoutMayHaveBrokenAreDoubtful() throws Exception {
        DocumentValues values = read(
                "report.pdf",
                SampleDocuments.pdf(List.of(
                        "It loads http://evil.example.net/a/very/long/path/that/goes/on/and/on/until/the",
                        "/line/ends/x.php?id=1 from there.",
                        "",
                        SHA256.substring(0, 32),
                        SHA256.substring(32))));
        assertEquals(Set.of(), sure(values));
    }

    @Test
    void aListOfHashesInAPdfIsNoBrokenHash() throws Exception {
        List<String> hashes = List.of(
                "0123456789abcdef0123456789abcdef",
                "1123456789abcdef0123456789abcdef",
                "2123456789abcdef0123456789abcdef",
                "3123456789abcdef0123456789abcdef");
        assertEquals(Set.copyOf(hashes), sure(read("list.pdf", SampleDocuments.pdf(hashes))));
    }

    @Test
    void aPdfWithoutTextLayerOrWithAPasswordSaysSo() {
        assertTrue(refusal("scan.pdf", SampleDocuments.pdf(List.of())).contains("has no text layer"));
        assertTrue(refusal("closed.pdf", SampleDocuments.pdf("secret", "", List.of("192.0.2.1")))
                .contains("encrypted with a password"));
        byte[] whole = SampleDocuments.pdf(List.of("192.0.2.1"));
        assertTrue(refusal("cut.pdf", Arrays.copyOf(whole, 60)).contains("damaged"));
    }

    @Test
    void aPdfThatUnpacksToSuspiciouslyMuchIsRefused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(utf8("%PDF-1.4\n1 0 obj\n<</Length 1/Filter/FlateDecode>>\nstream\n"));
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 130; i++) {
                out.write(zeros);
            }
        }
        assertTrue(refusal("bomb.pdf", bomb.toByteArray()).contains("suspiciously much"));
    }

    @Test
    void docxHasParagraphsTablesNotesAndLinks() throws Exception {
        byte[] docx = SampleDocuments.docx(
                List.of("An introduction.", "The domain evil[.]example[.]net was used."),
                List.of("192.0.2.60", "hxxps://evil[.]example[.]net/a"),
                "Seen at 192.0.2.61 too.",
                "https://source.example.org/p");
        DocumentValues values = read("report.docx", docx);
        assertEquals(DocumentFormat.DOCX, values.format());
        assertEquals(
                Set.of("evil.example.net", "192.0.2.60", "https://evil.example.net/a", "192.0.2.61"), sure(values));
        assertEquals(Set.of("https://source.example.org/p"), doubtful(values));
        assertEquals(List.of("paragraph 2"), value(values, "evil.example.net").places());
        assertEquals(List.of("table 1, row 1"), value(values, "192.0.2.60").places());
        assertEquals(
                List.of("footnotes, paragraph 1"), value(values, "192.0.2.61").places());
    }

    @Test
    void docxResolvesNoEntitiesAndUnpacksNoBombs() throws Exception {
        String entity =
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"u\"><w:t>&a;</w:t></w:document>";
        assertTrue(refusal("a.docx", SampleDocuments.zip(Map.of("word/document.xml", entity)))
                .contains("damaged"));
        String much = "<d>" + " ".repeat(20 << 20) + "</d>";
        byte[] bomb = SampleDocuments.zip(Map.of("word/document.xml", much));
        DocumentLimits small = new DocumentLimits(1_000_000, 10, 1 << 20, 100, 2, Duration.ofMinutes(1), 100);
        assertTrue(assertThrows(DocumentRefused.class, () -> read("a.docx", bomb, Optional.empty(), small))
                .getMessage()
                .contains("unpacks to more than"));
    }

    @Test
    void aMailHasHeadersBodiesAndHashesAndKeepsRecipientsOut() throws Exception {
        DocumentValues values = read("mail.eml", SampleDocuments.mail());
        assertEquals(DocumentFormat.MAIL, values.format());
        assertEquals("Verify your account", values.title());
        AttachedFile program = values.files().getFirst();
        assertEquals("invoice.exe", program.name());
        assertEquals(
                Set.of(
                        "collect@reply-evil.example.com",
                        "http://qp-evil.example.com/login?id=1&next=2",
                        "http://b64-evil.example.com/x",
                        program.sha256()),
                sure(values));
        assertTrue(doubtful(values)
                .containsAll(Set.of(
                        "alert@mail-evil.example.com", "bounce@mail-evil.example.com", "192.0.2.201", program.md5())));
        assertEquals(
                List.of("victim@bank.example.org"),
                values.leftOut().stream()
                        .map(value -> value.observable().value())
                        .toList());
        assertEquals(
                "Open http://qp-evil.example.com/login?id=1&next=2 now.",
                value(values, "http://qp-evil.example.com/login?id=1&next=2").sentence());
        assertFalse(values.values().stream()
                .anyMatch(value -> value.observable().value().contains("1234.5678")));
    }

    @Test
    void aSentenceDoesNotNameRecipients() throws Exception {
        DocumentValues values = read(
                "mail.eml",
                utf8(
                        "Subject: x\r\nFrom: a@example.net\r\nTo: victim@bank.example.org\r\n\r\nVictim@bank.example.org opened"
                                + " http://evil.example.net/a yesterday\r\n"));
        assertEquals(
                "[recipient] opened http://evil.example.net/a yesterday",
                value(values, "http://evil.example.net/a").sentence());
    }

    @Test
    void aTextThatNamesTheHeaderOfPdfIsAText() throws Exception {
        DocumentValues values = read("report.txt", utf8("The file begins with %PDF-1.7 and calls 192.0.2.90."));
        assertEquals(DocumentFormat.TEXT, values.format());
        assertEquals(Set.of("192.0.2.90"), sure(values));
        byte[] pdf = SampleDocuments.pdf(List.of("The server is 192.0.2.91."));
        byte[] shifted = new byte[pdf.length + 3];
        System.arraycopy(pdf, 0, shifted, 3, pdf.length);
        Arrays.fill(shifted, 0, 3, (byte) '\n');
        assertEquals(DocumentFormat.PDF, read("a", shifted).format());
    }

    @Test
    void aPartThatIsNotReadIsNamedWithTheReason() throws Exception {
        String mail = "Subject: two\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                + "--x\r\nContent-Type: text/plain\r\n\r\nThe server is 192.0.2.90.\r\n"
                + "--x\r\nContent-Type: application/pdf; name=\"report, final.pdf\"\r\n\r\n%PDF-1.7 and no more\r\n"
                + "--x\r\nContent-Type: text/plain; charset=KOI8-R\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString("Адрес 192.0.2.92 в сети".getBytes(Charset.forName("KOI8-R")))
                + "\r\n--x--\r\n";
        DocumentValues values = read("m.eml", utf8(mail));
        assertEquals(
                List.of(new DocumentValues.Warning("attachment report, final.pdf", DocumentFault.DAMAGED_PDF.of())),
                values.warnings());
        assertEquals(
                "attachment report, final.pdf: the PDF is damaged or cut off: fetch it again, or save it anew",
                values.warnings().getFirst().text());
        assertEquals("Адрес 192.0.2.92 в сети", value(values, "192.0.2.92").sentence());
    }

    @Test
    void attachedDocumentsAndMailsAreRead() throws Exception {
        String encoded =
                Base64.getMimeEncoder().encodeToString(SampleDocuments.pdf(List.of("The server is 192.0.2.90.")));
        String mail =
                "Subject: two\r\nFrom: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                        + "--x\r\nContent-Type: application/pdf; name=report.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + encoded
                        + "\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
                        + "Subject: inner\r\nTo: second@example.org\r\n\r\nsecond@example.org: see 192.0.2.91.\r\n--x--\r\n";
        DocumentValues values = read("m.eml", utf8(mail));
        assertEquals(
                List.of("attachment report.pdf, page 1, line 1"),
                value(values, "192.0.2.90").places());
        assertEquals(
                List.of("attached mail 1, text, line 1"),
                value(values, "192.0.2.91").places());
        assertTrue(values.leftOut().stream()
                .anyMatch(value -> value.observable().value().equals("second@example.org")));
    }

    @Test
    void aValueThatAMailBrokeForTransportIsWhole() throws Exception {
        DocumentValues values = read(
                "m.eml",
                utf8(
                        """
                        From: a@example.org
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes

                        See http://evil.example.net/a/\s
                        b.html now.
                        > > quoted http://evil.example.net/q\s
                        > > /r
                        --\s
                        x
                        """
                                .replace("\n", "\r\n")));
        assertTrue(sure(values).contains("http://evil.example.net/a/b.html"), values::toString);
        assertFalse(sure(values).contains("http://evil.example.net/a/"), values::toString);
    }

    @Test
    void theNameOfAnAttachmentMayComeInPieces() throws Exception {
        DocumentValues values = read(
                "m.eml",
                utf8(
                        """
                        From: a@example.org
                        MIME-Version: 1.0
                        Content-Type: application/octet-stream
                        Content-Disposition: attachment; filename*0*=UTF-8''%D1%81%D1%87; filename*1*=%D1%91%D1%82;
                         filename*2=.exe

                        MZ
                        """
                                .replace("\n", "\r\n")));
        assertEquals("счёт.exe", values.files().getFirst().name());
    }

    @Test
    void linksThatStandSideBySideAreTwo() throws Exception {
        DocumentValues values = read(
                "x.html",
                utf8("<p><a href='#'>http://evil.example.net/a</a><a href='#'>Download</a></p>"
                        + "<p>evil[.]<a href='#'>example.org</a>/b</p>"));
        assertEquals(Set.of("http://evil.example.net/a"), doubtful(values));
        assertEquals(Set.of("http://evil.example.org/b"), sure(values));
    }

    @Test
    void linksOfDocxThatAreFieldsAreFound() throws Exception {
        String w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        String field = "<w:document " + w + "><w:body><w:p><w:r><w:instrText> HYPERLINK </w:instrText></w:r>"
                + "<w:r><w:instrText>\"http://field.example.net/x\" </w:instrText></w:r><w:r><w:t>here</w:t></w:r></w:p>"
                + "<w:p><w:fldSimple w:instr=\"HYPERLINK &quot;http://simple.example.net/y&quot;\"><w:r><w:t>there</w:t>"
                + "</w:r></w:fldSimple></w:p></w:body></w:document>";
        assertEquals(
                Set.of("http://field.example.net/x", "http://simple.example.net/y"),
                doubtful(read("a.docx", SampleDocuments.zip(Map.of("word/document.xml", field)))));
    }

    @Test
    void aMailOfOutlookIsReadAlike() throws Exception {
        DocumentValues values = read("mail.msg", SampleDocuments.msg());
        assertEquals(DocumentFormat.MSG, values.format());
        assertEquals("Payment overdue", values.title());
        AttachedFile program = values.files().getFirst();
        assertEquals("invoice.exe", program.name());
        assertEquals(
                read("mail.eml", SampleDocuments.mail()).files().getFirst().sha256(),
                program.sha256(),
                "the same six bytes");
        assertEquals(
                Set.of(
                        "http://msg-evil.example.com/pay?id=7",
                        "http://msg-link.example.com/x",
                        "192.0.2.77",
                        program.sha256()),
                sure(values));
        assertEquals(
                List.of("attached mail 1, text, line 1"),
                value(values, "192.0.2.77").places());
        assertTrue(doubtful(values).contains("billing@msg-sender.example.net"));
        assertEquals(
                List.of("victim@example.org"),
                values.leftOut().stream()
                        .map(value -> value.observable().value())
                        .toList());
    }

    @Test
    void aMailOfOutlookWhoseTextIsRtfOnlyIsRead() throws Exception {
        String plain = "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}Open http://rtf-evil.example.com/p?a=1\\par"
                + "\\'ce\\'f2 192.0.2.78 {\\field{\\*\\fldinst HYPERLINK \"http://rtf-link.example.com/x\"}{\\fldrslt here}}}";
        DocumentValues values = read("mail.msg", SampleDocuments.rtfMsg(plain));
        Set<String> sure = sure(values);
        assertTrue(sure.contains("http://rtf-evil.example.com/p?a=1"), sure.toString());
        assertTrue(sure.contains("http://rtf-link.example.com/x"), sure.toString());
        assertEquals(List.of("text, line 2"), value(values, "192.0.2.78").places());
        assertTrue(value(values, "192.0.2.78").sentence().contains("\u041e\u0442"));
        assertEquals(List.of(), values.warnings());

        String page = "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\b no.example.org\\htmlrtf0 "
                + "Open {\\*\\htmltag84 <a href=\"http://rtf-html.example.com/y\">}192.0.2.79{\\*\\htmltag92 </a>}}";
        DocumentValues html = read("mail.msg", SampleDocuments.rtfMsg(page));
        assertTrue(
                sure(html).contains("http://rtf-html.example.com/y"), sure(html).toString());
        assertTrue(sure(html).contains("192.0.2.79"), sure(html).toString());
        assertFalse(
                html.values().stream().anyMatch(one -> one.observable().value().equals("no.example.org")));
    }

    @Test
    void whatIsNoDocumentSaysWhatItLooksLike() {
        assertTrue(refusal("x", new byte[0]).contains("empty"));
        assertTrue(refusal("x.txt", utf8("  \n ")).contains("no text"));
        assertTrue(refusal("x", new byte[] {0, 1, 2, 3, 4, 5, 0, 0}).contains("save it as one of these"));
        assertTrue(refusal("x.rtf", utf8("{\\rtf1 a}")).contains("RTF"));
        assertTrue(refusal("x.zip", SampleDocuments.zip(Map.of("a.txt", "192.0.2.1")))
                .contains("unpack it"));
        assertTrue(refusal("x.xlsx", SampleDocuments.zip(Map.of("xl/workbook.xml", "<a/>")))
                .contains("without --text"));
    }

    @Test
    void limitsHold() {
        DocumentLimits few = new DocumentLimits(1000, 1, 1 << 20, 5, 1, Duration.ofMinutes(1), 3);
        assertTrue(refused("a.txt", utf8("word ".repeat(1000)), few).contains("characters"));
        assertTrue(refused("a.txt", utf8("192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4"), few)
                .contains("values"));
        assertTrue(refused("a.pdf", SampleDocuments.pdf(List.of("a"), List.of("b")), few)
                .contains("pages"));
        String parts = "Subject: x\r\nFrom: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                + String.join("", Collections.nCopies(10, "--x\r\n\r\ntext\r\n")) + "--x--\r\n";
        assertTrue(refused("a.eml", utf8(parts), few).contains("parts"));
    }

    private String refused(String name, byte[] bytes, DocumentLimits limits) {
        return assertThrows(DocumentRefused.class, () -> read(name, bytes, Optional.empty(), limits))
                .getMessage();
    }
}
