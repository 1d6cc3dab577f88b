package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** DOCX (ECMA-376): paragraphs, tables, notes, headers and footers, and the targets of links. */
final class DocxReader implements FormatReader {

    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > context.budget().limits().parts()) {
                throw new DocumentRefused(DocumentFault.MANY_PARTS_OF_DOCX.of(
                        context.budget().limits().parts()));
            }
            title(zip, context);
            List<? extends ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
            entries.sort(Comparator.comparing(entry -> !entry.getName().equals("word/document.xml")));
            for (ZipEntry entry : entries) {
                String part = part(entry.getName());
                if (part != null) {
                    context.budget().part();
                    read(zip, entry, part, context);
                }
            }
            for (ZipEntry entry : entries) {
                if (entry.getName().startsWith("word/_rels/") && entry.getName().endsWith(".rels")) {
                    links(zip, entry, context);
                }
            }
        } catch (XMLStreamException e) {
            throw cause(e);
        } catch (ZipException | RuntimeException e) {
            throw new DocumentRefused(DocumentFault.DAMAGED_DOCX.of(), e);
        }
    }

    private static DocumentRefused cause(XMLStreamException e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof DocumentBudget.TooMuch tooMuch) {
                return tooMuch.why();
            }
            if (one instanceof XMLStreamException inner
                    && inner.getNestedException() instanceof DocumentBudget.TooMuch t) {
                return t.why();
            }
        }
        return new DocumentRefused(DocumentFault.DAMAGED_DOCX.of(), e);
    }

    /** What a part is called for people; null when it has no text. */
    private static String part(String name) {
        return switch (name) {
            case "word/document.xml" -> "";
            case "word/footnotes.xml" -> "footnotes";
            case "word/endnotes.xml" -> "endnotes";
            case "word/comments.xml" -> "comments";
            default ->
                name.matches("word/header\\d*\\.xml")
                        ? "header"
                        : name.matches("word/footer\\d*\\.xml") ? "footer" : null;
        };
    }

    private static void title(ZipFile zip, ReadContext context) throws IOException, XMLStreamException {
        ZipEntry core = zip.getEntry("docProps/core.xml");
        if (core == null) {
            return;
        }
        try (InputStream in = context.budget().counted(zip.getInputStream(core))) {
            XMLStreamReader xml = XML.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("title")) {
                    context.title(xml.getElementText());
                    return;
                }
            }
        }
    }

    private static void read(ZipFile zip, ZipEntry entry, String part, ReadContext context)
            throws IOException, XMLStreamException, DocumentRefused {
        try (InputStream in = context.budget().counted(zip.getInputStream(entry))) {
            new Paragraphs(part, context).read(XML.createXMLStreamReader(in));
        }
    }

    private static void links(ZipFile zip, ZipEntry entry, ReadContext context)
            throws IOException, XMLStreamException, DocumentRefused {
        StringBuilder targets = new StringBuilder();
        try (InputStream in = context.budget().counted(zip.getInputStream(entry))) {
            XMLStreamReader xml = XML.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && "External".equals(xml.getAttributeValue(null, "TargetMode"))
                        && xml.getAttributeValue(null, "Target") != null) {
                    LinkTarget.of(xml.getAttributeValue(null, "Target"))
                            .ifPresent(target -> targets.append(target).append('\n'));
                }
            }
        }
        if (!targets.isEmpty()) {
            context.passage(Passage.doubtful("links", targets.toString(), PlainTextReader.TARGET));
        }
    }

    /** One part; each paragraph outside of tables and each row of a table is a passage. */
    private static final class Paragraphs {

        private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        private static final Pattern HYPERLINK = Pattern.compile("HYPERLINK\\s++\"([^\"]{3,2083}+)\"");

        /** How a property that hides is turned off. */
        private static final Set<String> OFF = Set.of("0", "false", "off");

        private final String part;
        private final ReadContext context;
        private final StringBuilder text = new StringBuilder();
        private final Map<String, Integer> numbers = new HashMap<>();
        private int tables;
        private int tableDepth;
        private int row;
        private int deleted;
        private boolean hidden;
        private boolean words;
        private boolean instruction;

        /** The instructions of fields, such as those of links. */
        private final StringBuilder fields = new StringBuilder();

        Paragraphs(String part, ReadContext context) {
            this.part = part;
            this.context = context;
        }

        void read(XMLStreamReader xml) throws XMLStreamException, DocumentRefused {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        start(xml.getLocalName());
                        if (xml.getLocalName().equals("fldSimple")) {
                            fields.append(xml.getAttributeValue(W, "instr")).append(' ');
                        } else if (xml.getLocalName().equals("vanish")) {
                            hidden = !OFF.contains(String.valueOf(xml.getAttributeValue(W, "val")));
                        } else if (xml.getLocalName().equals("vertAlign")) {
                            text.append(' '); // the number of a note is no part of the value before it
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (words && deleted == 0 && !hidden) {
                            text.append(xml.getText());
                            context.budget().time();
                        } else if (instruction && deleted == 0) {
                            fields.append(xml.getText());
                        }
                    }
                    default -> {}
                }
            }
            flush("paragraph " + numbers.merge("paragraph", 1, Integer::sum));
        }

        private void start(String name) throws DocumentRefused {
            switch (name) {
                case "t" -> words = true;
                case "instrText" -> instruction = true;
                case "fldChar" -> fields.append(' ');
                case "del", "moveFrom" -> deleted++;
                case "r" -> hidden = false;
                case "sym" -> text.append(' ');
                case "tab", "ptab" -> text.append('\t');
                case "br", "cr" -> text.append('\n');
                case "noBreakHyphen" -> text.append('-');
                case "tbl" -> {
                    if (tableDepth++ == 0) {
                        flush("paragraph " + numbers.getOrDefault("paragraph", 1));
                        tables++;
                        row = 0;
                    }
                }
                default -> {}
            }
        }

        private void end(String name) throws DocumentRefused {
            switch (name) {
                case "t" -> words = false;
                case "instrText" -> instruction = false;
                case "del", "moveFrom" -> deleted--;
                case "p" -> {
                    if (tableDepth == 0) {
                        flush("paragraph " + numbers.merge("paragraph", 1, Integer::sum));
                    } else {
                        text.append('\n');
                    }
                }
                case "tc" -> text.append('\t');
                case "tr" -> {
                    if (tableDepth == 1) {
                        flush("table " + tables + ", row " + ++row);
                    }
                }
                case "tbl" -> tableDepth--;
                default -> {}
            }
        }

        private void flush(String place) throws DocumentRefused {
            if (!text.toString().isBlank()) {
                context.passage(Passage.of(part.isEmpty() ? place : part + ", " + place, text.toString()));
            }
            text.setLength(0);
            links();
        }

        /** The targets of links that are written as fields. */
        private void links() throws DocumentRefused {
            StringBuilder targets = new StringBuilder();
            Matcher link = HYPERLINK.matcher(fields);
            while (link.find()) {
                LinkTarget.of(link.group(1))
                        .ifPresent(target -> targets.append(target).append('\n'));
            }
            fields.setLength(0);
            if (!targets.isEmpty()) {
                context.passage(Passage.doubtful("links", targets.toString(), PlainTextReader.TARGET));
            }
        }
    }
}
