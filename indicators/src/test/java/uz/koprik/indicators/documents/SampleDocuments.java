package uz.koprik.indicators.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;

/** Small documents of all formats, for tests of this module and of the gateway. */
public final class SampleDocuments {

    private static final String WORD = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private SampleDocuments() {}

    /** A PDF with one page per list of lines. */
    @SafeVarargs
    public static byte[] pdf(List<String>... pages) {
        return pdf("", "", pages);
    }

    /**
     * A PDF.
     *
     * @param password that opens it; empty for none
     * @param link target of a link on the first page; empty for none
     */
    @SafeVarargs
    public static byte[] pdf(String password, String link, List<String>... pages) {
        BuiltInFonts.install();
        try (PDDocument document = new PDDocument()) {
            for (List<String> lines : pages) {
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                if (!link.isEmpty()) {
                    PDActionURI action = new PDActionURI();
                    action.setURI(link);
                    PDAnnotationLink annotation = new PDAnnotationLink();
                    annotation.setAction(action);
                    annotation.setRectangle(new PDRectangle(10, 10, 50, 50));
                    page.getAnnotations().add(annotation);
                }
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 8);
                    content.setLeading(11);
                    content.newLineAtOffset(40, 800);
                    for (String line : lines) {
                        content.showText(line);
                        content.newLine();
                    }
                    content.endText();
                }
            }
            if (!password.isEmpty()) {
                StandardProtectionPolicy policy =
                        new StandardProtectionPolicy(password, password, new AccessPermission());
                policy.setEncryptionKeyLength(128);
                document.protect(policy);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A DOCX with paragraphs, a table of one column, a footnote and the target of a link. */
    public static byte[] docx(List<String> paragraphs, List<String> rows, String footnote, String link) {
        StringBuilder body = new StringBuilder("<w:document " + WORD + "><w:body>");
        paragraphs.forEach(text -> body.append(paragraph(text)));
        body.append("<w:tbl>");
        rows.forEach(text -> body.append("<w:tr><w:tc>").append(paragraph(text)).append("</w:tc></w:tr>"));
        body.append("</w:tbl></w:body></w:document>");
        return zip(Map.of(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
                "word/document.xml",
                body.toString(),
                "word/footnotes.xml",
                "<w:footnotes " + WORD + "><w:footnote>" + paragraph(footnote) + "</w:footnote></w:footnotes>",
                "word/_rels/document.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\""
                        + " TargetMode=\"External\" Target=\"" + link + "\"/></Relationships>"));
    }

    /** A word is split over two runs, as Word does. */
    private static String paragraph(String text) {
        int half = text.length() / 2;
        return "<w:p><w:r><w:t>" + text.substring(0, half) + "</w:t></w:r><w:r><w:t xml:space=\"preserve\">"
                + text.substring(half) + "</w:t></w:r></w:p>";
    }

    static byte[] zip(Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A mail with a text in quoted-printable, HTML in Base64 and a program attached. */
    public static byte[] mail() {
        return String.join(
                        "\r\n",
                        "Return-Path: <bounce@mail-evil.example.com>",
                        "Received: from mx.mail-evil.example.com ([192.0.2.201]) by mx.bank.example.org with ESMTP id abc;"
                                + " Fri, 20 Nov 2026 11:04:10 +0100",
                        "From: \"Bank\" <alert@mail-evil.example.com>",
                        "Reply-To: collect@reply-evil.example.com",
                        "To: Anna <victim@bank.example.org>",
                        "Subject: =?utf-8?B?VmVyaWZ5IHlvdXIgYWNjb3VudA==?=",
                        "Message-ID: <1234.5678@mail-evil.example.com>",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/mixed; boundary=\"a\"",
                        "",
                        "--a",
                        "Content-Type: multipart/alternative; boundary=\"b\"",
                        "",
                        "--b",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "Dear victim@bank.example.org. Open http://qp-evil.example.com/login?id=3D1&next=3D=",
                        "2 now. Otherwise we close it.",
                        "--b",
                        "Content-Type: text/html; charset=utf-8",
                        "Content-Transfer-Encoding: base64",
                        "",
                        // <a href="http://b64-evil.example.com/x">x</a>
                        "PGEgaHJlZj0iaHR0cDovL2I2NC1ldmlsLmV4YW1wbGUuY29tL3giPng8L2E+",
                        "--b--",
                        "--a",
                        "Content-Type: application/octet-stream; name=\"invoice.exe\"",
                        "Content-Disposition: attachment; filename=\"invoice.exe\"",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "TVoAAQID",
                        "--a--",
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A mail that Outlook saved. */
    public static byte[] msg() {
        try (InputStream in = SampleDocuments.class.getResourceAsStream("mail.msg")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same mail with RTF, which is not compressed, in the place of its text and HTML. */
    static byte[] rtfMsg(String rtf) {
        byte[] mail = msg();
        byte[] body = "Dear customer,".getBytes(StandardCharsets.UTF_16LE);
        int at = indexOf(mail, body);
        rename(mail, "1000001F", "10090102");
        rename(mail, "10130102", "1F130102");
        byte[] bytes = rtf.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer.wrap(mail)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(at)
                .putInt(bytes.length + 12)
                .putInt(bytes.length)
                .putInt(0x414C454D)
                .putInt(0)
                .put(bytes);
        return mail;
    }

    private static void rename(byte[] mail, String property, String to) {
        int at = indexOf(mail, ("__substg1.0_" + property).getBytes(StandardCharsets.UTF_16LE));
        byte[] name = ("__substg1.0_" + to).getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, mail, at, name.length);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    /** One small document of each format. */
    public static List<byte[]> all() {
        return List.of(
                "The loader calls evil[.]example[.]net at 192.0.2.7.\n".getBytes(StandardCharsets.UTF_8),
                "<html><body><p>The <a href='http://evil.example.net/x'>loader</a> calls.</p></body></html>"
                        .getBytes(StandardCharsets.UTF_8),
                pdf(
                        "",
                        "http://evil.example.net/x",
                        List.of("The loader calls 192.0.2.7.", "And http://evil.example.net/")),
                docx(List.of("It calls 192.0.2.7."), List.of("192.0.2.8"), "192.0.2.9", "http://evil.example.net/x"),
                mail(),
                msg());
    }
}
