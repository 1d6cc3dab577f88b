package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import uz.koprik.indicators.imports.TextEncoding;

/** Formats of documents. The content decides, and the name only where contents are alike. */
public enum DocumentFormat {
    TEXT("text", new PlainTextReader(false)),
    MARKDOWN("markdown", new PlainTextReader(true)),
    HTML("html", new HtmlReader()),
    PDF("pdf", new PdfReader()),
    DOCX("docx", new DocxReader()),
    MAIL("mail", new MailReader()),
    MSG("msg", new MsgReader());

    private static final int HEAD = 16 << 10;
    private static final Set<String> MAIL_HEADERS = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "received",
            "return-path",
            "mime-version",
            "content-type",
            "delivered-to",
            "reply-to");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z][A-Za-z0-9-]*):.*");
    private static final Pattern HTML_START = Pattern.compile(
            "(?is)^\\s*(?:<!--.*?-->\\s*)?(?:<\\?xml[^>]*>\\s*)?<(?:!doctype\\s+html|html|head|body)\\b.*");

    private static final String USUAL_CONTROLS = "\t\n\r\f\b\13\32\33";

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // Readers have no state that changes.
    private final FormatReader reader;

    DocumentFormat(String code, FormatReader reader) {
        this.code = code;
        this.reader = reader;
    }

    /** Stable name. */
    public String code() {
        return code;
    }

    FormatReader reader() {
        return reader;
    }

    /**
     * The format of a file.
     *
     * @param name as the sender calls it
     * @throws DocumentRefused when it is none that is read: says what it looks like and what to do
     */
    static DocumentFormat detect(Path file, String name) throws IOException, DocumentRefused {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new DocumentRefused(DocumentFault.EMPTY_DOCUMENT.of());
        }
        String ascii = new String(head, StandardCharsets.ISO_8859_1);
        if (isPdf(head, ascii, name.toLowerCase(Locale.ROOT))) {
            return PDF;
        }
        if (ascii.startsWith("PK\3\4")) {
            return zipped(file);
        }
        if (OleFile.isOle(head)) {
            return MSG; // its reader refuses what is no mail
        }
        if (ascii.startsWith("{\\rtf")) {
            throw new DocumentRefused(DocumentFault.RTF_DOCUMENT.of());
        }
        if (ascii.startsWith("\37\213") || ascii.startsWith("7z\u00BC\u00AF") || ascii.startsWith("Rar!")) {
            throw new DocumentRefused(DocumentFault.ARCHIVE.of());
        }
        return text(head, ascii, name.toLowerCase(Locale.ROOT));
    }

    /** Readers of PDF take other bytes before its header; a text that names the header is no PDF. */
    private static boolean isPdf(byte[] head, String ascii, String name) {
        int header = ascii.substring(0, Math.min(ascii.length(), 1024)).indexOf("%PDF-");
        return header >= 0 && (ascii.substring(0, header).isBlank() || name.endsWith(".pdf") || isBinary(head));
    }

    private static DocumentFormat text(byte[] head, String ascii, String name) throws DocumentRefused {
        if (isBinary(head)) {
            throw new DocumentRefused(DocumentFault.NO_DOCUMENT.of());
        }
        if (isMail(ascii, name.endsWith(".eml"))) {
            return MAIL;
        }
        // UTF-16 has zero bytes between the characters.
        if (HTML_START
                .matcher(ascii.replace("\0", "").replaceFirst("^[\u00EF\u00BB\u00BF\u00FE\u00FF]+", ""))
                .matches()) {
            return HTML;
        }
        if (name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".xhtml")) {
            return HTML;
        }
        return name.endsWith(".md") || name.endsWith(".markdown") ? MARKDOWN : TEXT;
    }

    private static DocumentFormat zipped(Path file) throws DocumentRefused {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("word/document.xml") != null) {
                return DOCX;
            }
            if (zip.getEntry("xl/workbook.xml") != null) {
                throw new DocumentRefused(DocumentFault.SPREADSHEET.of());
            }
            boolean office = zip.getEntry("content.xml") != null || zip.getEntry("ppt/presentation.xml") != null;
            throw new DocumentRefused(office ? DocumentFault.OTHER_OFFICE.of() : DocumentFault.ARCHIVE.of());
        } catch (IOException e) {
            throw new DocumentRefused(DocumentFault.DAMAGED_ARCHIVE.of(), e);
        }
    }

    /** Zero bytes or many controls in what is no UTF-16. */
    private static boolean isBinary(byte[] head) {
        if (TextEncoding.detect(head).charset().name().startsWith("UTF-16")) {
            return false;
        }
        int controls = 0;
        for (byte b : head) {
            if (b == 0) {
                return true;
            }
            controls += b > 0 && b < 0x20 && USUAL_CONTROLS.indexOf(b) < 0 ? 1 : 0;
        }
        return controls > head.length / 10;
    }

    /** Whether a text begins with headers of a mail (RFC 5322), of which two are usual ones. */
    private static boolean isMail(String text, boolean named) {
        int known = 0;
        for (String line : text.split("\r?\n", 200)) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            boolean mbox = line.startsWith("From ") || line.startsWith(">From ");
            if (folded || (mbox && known == 0)) {
                continue;
            }
            var header = HEADER.matcher(line);
            if (!header.matches()) {
                break;
            }
            known += MAIL_HEADERS.contains(header.group(1).toLowerCase(Locale.ROOT)) ? 1 : 0;
        }
        return known >= (named ? 1 : 2);
    }
}
