package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.documents.rtf.CompressedRtf;
import uz.koprik.indicators.documents.rtf.RtfText;
import uz.koprik.indicators.imports.TextEncoding;

/** Mails that Outlook saved ([MS-OXMSG]): the same parts as of other mails. */
final class MsgReader implements FormatReader {

    private static final Logger LOG = LoggerFactory.getLogger(MsgReader.class);

    private static final String PROPERTY = "__substg1.0_";
    private static final String RECIPIENT = "__recip_version1.0_#";
    private static final String ATTACHMENT = "__attach_version1.0_#";

    /** Properties by their ids ([MS-OXPROPS]). */
    private static final String SUBJECT = "0037";

    private static final String HEADERS = "007D";
    private static final String SENDER = "0C1F";
    private static final String SENDER_SMTP = "5D01";
    private static final String BODY = "1000";
    private static final String HTML = "1013";
    private static final String RTF = "10090102";
    private static final String ADDRESS = "3003";
    private static final String SMTP = "39FE";
    private static final String DATA = "37010102";
    private static final String EMBEDDED = "3701000D";
    private static final String LONG_NAME = "3707";
    private static final String NAME = "3704";

    private static final int LARGEST_TEXT = 8 << 20;

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        try (OleFile ole = OleFile.open(file)) {
            OleFile.Storage root = ole.root();
            if (root.stream("__properties_version1.0").isEmpty()) {
                throw new DocumentRefused(DocumentFault.OLD_OFFICE.of());
            }
            message(root, context, "", 0);
        } catch (DocumentBudget.TooMuch e) {
            throw e.why();
        } catch (IOException | RuntimeException e) {
            throw new DocumentRefused(DocumentFault.DAMAGED_MSG.of(), e);
        }
    }

    private static void message(OleFile.Storage mail, ReadContext context, String place, int depth)
            throws IOException, DocumentRefused {
        if (depth > context.budget().limits().depth()) {
            throw new DocumentRefused(DocumentFault.DEEP_MAIL.of());
        }
        context.budget().part();
        String subject = string(mail, SUBJECT);
        header(context, place, "subject", subject);
        if (depth == 0) {
            context.title(subject);
        }
        String headers = string(mail, HEADERS);
        if (headers.isBlank()) {
            header(context, place, "from", string(mail, SENDER_SMTP) + ' ' + string(mail, SENDER));
        } else {
            headers(headers, context, place);
        }
        for (OleFile.Storage part : mail.storages().values()) {
            if (part.name().startsWith(RECIPIENT)) {
                header(context, place, "to", string(part, SMTP) + ' ' + string(part, ADDRESS));
            }
        }
        text(mail, context, place);
        Attachments attachments = new Attachments(context);
        int mails = 0;
        for (OleFile.Storage part : mail.storages().values()) {
            if (!part.name().startsWith(ATTACHMENT)) {
                continue;
            }
            context.budget().part();
            OleFile.Storage inner = part.storages().get(PROPERTY + EMBEDDED);
            Optional<OleFile.Content> data = part.stream(PROPERTY + DATA);
            if (inner != null) {
                message(inner, context, at(place, "attached mail " + ++mails), depth + 1);
            } else if (data.isPresent()) {
                String name = string(part, LONG_NAME);
                try (InputStream in = context.budget().counted(data.get().open())) {
                    attachments.take(at(place, "attachment"), name.isEmpty() ? string(part, NAME) : name, false, in);
                }
            }
        }
    }

    private static void text(OleFile.Storage mail, ReadContext context, String place)
            throws IOException, DocumentRefused {
        String body = string(mail, BODY);
        if (!body.isBlank()) {
            context.passage(new Passage(
                    at(place, "text"), 1, body.replace("\r\n", "\n").replace('\r', '\n'), Passage.Standing.TEXT, ""));
        }
        byte[] html = bytes(mail, HTML + "0102");
        String page = html.length > 0 ? "" : string(mail, HTML);
        if (html.length > 0 || !page.isBlank()) {
            Document document = html.length > 0 ? HtmlReader.parse(html, context) : Jsoup.parse(page);
            HtmlReader.read(document, context.part(at(place, "HTML text")), true);
        } else if (body.isBlank()) {
            rtf(bytes(mail, RTF), context, place);
        }
    }

    /** A mail whose text is RTF only; the RTF often holds the HTML that it was made of. */
    private static void rtf(byte[] packed, ReadContext context, String place) throws DocumentRefused {
        if (packed.length == 0) {
            return;
        }
        RtfText text;
        try {
            text = RtfText.of(CompressedRtf.unpack(packed, LARGEST_TEXT));
        } catch (IOException damaged) {
            LOG.debug("the RTF of a mail was not read", damaged);
            context.part(place).warning(DocumentNote.RTF_NOT_READ.of());
            return;
        }
        if (text.html()) {
            HtmlReader.read(Jsoup.parse(text.text()), context.part(at(place, "HTML text")), true);
            return;
        }
        context.passage(new Passage(at(place, "text"), 1, text.text(), Passage.Standing.TEXT, ""));
        StringBuilder links = new StringBuilder();
        for (String link : text.links()) {
            LinkTarget.of(link).ifPresent(target -> links.append(target).append('\n'));
        }
        if (!links.isEmpty()) {
            context.passage(Passage.of(at(place, "links"), links.toString()));
        }
    }

    private static void headers(String text, ReadContext context, String place) throws DocumentRefused {
        String name = "";
        StringBuilder value = new StringBuilder();
        for (String line : text.split("\r?\n|\r", -1)) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded) {
                value.append(line);
                continue;
            }
            header(context, place, name, value.toString());
            value.setLength(0);
            int colon = line.indexOf(':');
            name = colon > 0 ? line.substring(0, colon).strip().toLowerCase(Locale.ROOT) : "";
            value.append(colon > 0 ? line.substring(colon + 1).strip() : "");
        }
        header(context, place, name, value.toString());
    }

    private static void header(ReadContext context, String place, String name, String value) throws DocumentRefused {
        if (value.isBlank()) {
            return;
        }
        Optional<Passage> passage = MailHeader.passage(place, name, value);
        if (passage.isPresent()) {
            context.passage(passage.get());
        }
    }

    /** A property that is a string, in UTF-16 or of eight bits; empty when there is none. */
    private static String string(OleFile.Storage storage, String id) throws IOException, DocumentRefused {
        byte[] wide = bytes(storage, id + "001F");
        if (wide.length > 0) {
            return new String(wide, StandardCharsets.UTF_16LE).replace("\0", "");
        }
        byte[] narrow = bytes(storage, id + "001E");
        return narrow.length == 0
                ? ""
                : TextEncoding.detect(narrow).decode(narrow).replace("\0", "");
    }

    private static byte[] bytes(OleFile.Storage storage, String property) throws IOException, DocumentRefused {
        Optional<OleFile.Content> content = storage.stream(PROPERTY + property);
        if (content.isEmpty()) {
            return new byte[0];
        }
        if (content.get().size() > LARGEST_TEXT) {
            throw new DocumentRefused(DocumentFault.LONG_TEXT_OF_MAIL.of(LARGEST_TEXT));
        }
        try (InputStream in = content.get().open()) {
            return in.readAllBytes();
        }
    }

    private static String at(String place, String inner) {
        return place.isEmpty() ? inner : place + ", " + inner;
    }
}
