package uz.koprik.indicators.imports;

import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import uz.koprik.indicators.imports.layout.FileFault;

/**
 * Looks through one part of a workbook before the library reads it. The library makes room for every column up to that
 * of a cell, wherever the cell says it is, and for every shared string.
 */
final class XlsxPart {

    /** The limits of Excel itself (Excel specifications and limits). */
    private static final int MAX_COLUMNS = 16_384;

    private static final int MAX_ROWS = 1_048_576;
    private static final int MAX_FORMULA = 8_192;

    /** Rows times the width of the widest row before: what is made room for, one row after the other. */
    private static final long MAX_GRID = 200_000_000;

    private static final long MAX_SHARED_STRINGS = 4_000_000;
    private static final int MAX_TEXT = 1 << 20;

    /** Merges and links of a sheet; Excel itself has at most 65,530 links. */
    private static final int MAX_MARKS = 65_536;

    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final Pattern RANGE =
            Pattern.compile("\\$?([A-Z]{1,7})\\$?([0-9]{1,10}):\\$?([A-Z]{1,7})\\$?([0-9]{1,10})");

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final String part;
    private final XMLStreamReader xml;
    private long row;
    private int column;
    private int width;
    private int widest;
    private long grid;
    private String cell = "";
    private final Shape shape = new Shape(new ArrayList<>(), new BitSet(), new HashMap<>());

    /** What a part is: by its root, not by its name. */
    enum Kind {
        SHEET,
        STRINGS,
        OTHER,
        NO_XML
    }

    /**
     * What the library does not show of a sheet.
     *
     * @param merges cells merged over several rows
     * @param hidden numbers of the rows that spreadsheets do not show
     * @param links ids of links, by the cells that have them
     */
    record Shape(List<Merge> merges, BitSet hidden, Map<String, String> links) {

        /** Nothing of that. */
        static final Shape PLAIN = new Shape(List.of(), new BitSet(), Map.of());
    }

    /** A cell whose text is that of the cells below it, too. */
    record Merge(int column, long first, long last) {}

    /** A part that was looked through. */
    record Checked(Kind kind, Shape shape) {}

    private XlsxPart(String part, XMLStreamReader xml) {
        this.part = part;
        this.xml = xml;
    }

    /**
     * Reads a part, to its end if it is a sheet or the shared strings.
     *
     * @throws SuspiciousArchive when it has more than honest workbooks do, or is damaged: says where
     */
    static Checked check(String part, InputStream in) throws IOException {
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new PartStream(in));
            while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                xml.next();
            }
            XlsxPart reading = new XlsxPart(part, xml);
            Kind kind =
                    switch (xml.getLocalName()) {
                        case "worksheet" -> reading.sheet();
                        case "sst" -> reading.strings();
                        default -> Kind.OTHER;
                    };
            return new Checked(kind, reading.shape);
        } catch (XMLStreamException broken) {
            if (broken.getNestedException() instanceof IOException io && !isNoText(io)) {
                throw io;
            }
            return noXml(part, broken);
        } catch (RuntimeException broken) { // the parser's own words for input that is no text at all
            return noXml(part, broken);
        }
    }

    /** Where the ids of a part of relations lead, as they are written. */
    static Map<String, String> relations(InputStream in) throws XMLStreamException {
        Map<String, String> targets = new HashMap<>();
        XMLStreamReader xml = XML.createXMLStreamReader(in);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")
                    && xml.getAttributeValue(null, "Id") != null
                    && xml.getAttributeValue(null, "Target") != null) {
                targets.put(xml.getAttributeValue(null, "Id"), xml.getAttributeValue(null, "Target"));
            }
        }
        return targets;
    }

    /**
     * Whether the bytes are not in the encoding of the part, or nobody knows that encoding: not a fault of the archive.
     */
    private static boolean isNoText(IOException io) {
        return io instanceof CharConversionException || io instanceof UnsupportedEncodingException;
    }

    /** The parser closes what it has read to its end; the caller counts on. */
    private static final class PartStream extends FilterInputStream {

        PartStream(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /** A picture, most likely; what should be XML and is not, the library refuses. */
    private static Checked noXml(String part, Exception broken) throws SuspiciousArchive {
        if (part.endsWith(".xml") || part.endsWith(".rels")) {
            throw new SuspiciousArchive(FileFault.DAMAGED_PART.of(part), broken);
        }
        return new Checked(Kind.NO_XML, Shape.PLAIN);
    }

    private Kind sheet() throws XMLStreamException, SuspiciousArchive {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "row" -> beginRow();
                    case "c" -> beginCell();
                    case "f" -> text("formula", MAX_FORMULA);
                    case "v", "t" -> text("text", MAX_TEXT);
                    case "mergeCell" -> merge(xml.getAttributeValue(null, "ref"));
                    case "hyperlink" -> link(xml.getAttributeValue(null, "ref"));
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("row")) {
                endRow();
            }
        }
        return Kind.SHEET;
    }

    /** Takes down a range such as {@code A4:C6} that has several rows. */
    private void merge(String range) throws SuspiciousArchive {
        Matcher corners = RANGE.matcher(range == null ? "" : range);
        if (!corners.matches() || corners.group(2).equals(corners.group(4))) {
            return;
        }
        if (shape.merges.size() == MAX_MARKS) {
            throw refused("merged cells", "the sheet has more than " + MAX_MARKS + " merges; save it as CSV");
        }
        cell = "merged cells";
        shape.merges.add(new Merge(column(corners.group(1) + '1'), number(corners.group(2)), number(corners.group(4))));
    }

    private void link(String address) {
        String id = xml.getAttributeValue(RELATIONS, "id");
        if (id != null && address != null && shape.links.size() < MAX_MARKS) {
            shape.links.put(address, id);
        }
    }

    private void beginRow() throws SuspiciousArchive {
        String number = xml.getAttributeValue(null, "r");
        row = number == null ? row + 1 : number(number);
        if (row < 1 || row > MAX_ROWS) {
            throw refused(
                    "row " + shortened(number == null ? Long.toString(row) : number),
                    "a sheet has rows 1 to " + MAX_ROWS);
        }
        column = 0;
        width = 0;
        String hidden = xml.getAttributeValue(null, "hidden");
        if ("1".equals(hidden) || "true".equals(hidden)) {
            shape.hidden.set((int) row);
        }
    }

    private void beginCell() throws SuspiciousArchive {
        String address = xml.getAttributeValue(null, "r");
        cell = address == null ? "row " + row : "cell " + shortened(address);
        column = address == null ? column + 1 : column(address);
        if (column < 1 || column > MAX_COLUMNS) {
            throw refused(cell, "a sheet has columns A to XFD");
        }
        width = Math.max(width, column);
    }

    private void endRow() throws SuspiciousArchive {
        widest = Math.max(widest, width);
        grid += widest;
        if (grid > MAX_GRID) {
            throw refused(
                    "row " + row,
                    "the sheet has more cells than are read, " + widest
                            + " columns wide; save the used columns as CSV");
        }
    }

    /** The column that a cell says it is in, and 0 when that is none; checks its row, too. */
    private int column(String address) throws SuspiciousArchive {
        int at = 0;
        long number = 0;
        while (at < address.length()
                && "$ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(Character.toUpperCase(address.charAt(at))) >= 0) {
            if (address.charAt(at) != '$') {
                number = Math.min(number * 26 + Character.toUpperCase(address.charAt(at)) - 'A' + 1, MAX_COLUMNS + 1L);
            }
            at++;
        }
        long ofRow = number(address.substring(at).replace("$", ""));
        if (ofRow < 1 || ofRow > MAX_ROWS) {
            throw refused(cell, "a sheet has rows 1 to " + MAX_ROWS);
        }
        return (int) number;
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : 0;
    }

    private void text(String what, int most) throws XMLStreamException, SuspiciousArchive {
        long length = 0;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                length += xml.getTextLength();
            }
            if (length > most) {
                throw refused(cell, "its " + what + " has more than " + most + " characters");
            }
        }
    }

    private Kind strings() throws XMLStreamException, SuspiciousArchive {
        long count = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "si" -> {
                        count++;
                        cell = "text " + count;
                        if (count > MAX_SHARED_STRINGS) {
                            throw refused(
                                    cell,
                                    "the workbook has more than " + MAX_SHARED_STRINGS
                                            + " texts; save the sheet as CSV");
                        }
                    }
                    case "t" -> text("text", MAX_TEXT);
                    default -> {}
                }
            }
        }
        return Kind.STRINGS;
    }

    private SuspiciousArchive refused(String where, String why) {
        return new SuspiciousArchive(
                FileFault.UNREADABLE_PART.of(part.substring(part.lastIndexOf('/') + 1), where + ": " + why));
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9$-]", "?");
        return plain.length() <= 24 ? plain : plain.substring(0, 24) + "…";
    }
}
