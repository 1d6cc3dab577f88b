package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.translate.export.XlsxText;
import uz.koprik.indicators.wording.Sentence;

/** A sheet of an XLSX workbook (ECMA-376), read as a stream once {@link XlsxLimits} has found nothing suspicious. */
final class XlsxTable implements Table {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    /** A formula that shows a text and leads somewhere. */
    private static final Pattern LINK_FORMULA = Pattern.compile("(?i)=?\\s*HYPERLINK\\(\\s*\"([^\"]+)\"");

    /** Spreadsheets keep 15 digits of a number; what looks like more has lost its end. */
    private static final int KEPT_DIGITS = 15;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final UnaryOperator<String> texts;
    private final Marks marks;
    private final Queue<XlsxPart.Merge> coming;
    private final Map<XlsxPart.Merge, Cell> open = new LinkedHashMap<>();
    private Row row;
    private List<Cell> cells = List.of();

    private XlsxTable(ReadableWorkbook workbook, Stream<Row> stream, UnaryOperator<String> texts, Marks marks) {
        this.texts = texts;
        this.marks = marks;
        this.coming = new PriorityQueue<>(Comparator.comparingLong(XlsxPart.Merge::first));
        coming.addAll(marks.shape().merges());
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    /** @param texts what is done with the texts of cells, such as taking blanks off */
    static XlsxTable open(Path file, String sheetName, UnaryOperator<String> texts) throws IOException, ImportRefused {
        check(file);
        return openChecked(file, sheetName, texts, Marks.NONE);
    }

    private static Map<String, XlsxPart.Shape> check(Path file) throws IOException, ImportRefused {
        try {
            return XlsxLimits.check(file);
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e);
        }
    }

    /** As {@link #open}, for a workbook that {@link #outline} read: it is not unpacked for a check once more. */
    static XlsxTable openChecked(Path file, String sheetName, UnaryOperator<String> texts, Marks marks)
            throws IOException, ImportRefused {
        ReadableWorkbook workbook;
        try {
            workbook = workbook(file);
        } catch (IOException | RuntimeException e) {
            throw new ImportRefused(FileFault.NO_WORKBOOK.of(), e);
        }
        try {
            Sheet sheet = sheet(workbook, sheetName);
            return new XlsxTable(workbook, sheet.openStream(), texts, marks);
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw new ImportRefused(FileFault.MISSING_PART.of(), e);
        } catch (ImportRefused e) {
            workbook.close();
            throw e;
        }
    }

    /** A workbook may have no styles, which the reader of cell formats demands; no number in it is then a date. */
    private static ReadableWorkbook workbook(Path file) throws IOException {
        try {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (ExcelReaderException withoutStyles) {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true));
        }
    }

    /**
     * What a sheet has besides its cells.
     *
     * @param hidden whether spreadsheets do not show it
     * @param shape merges, hidden rows and ids of links
     * @param targets where its links lead, by their ids
     */
    record Marks(boolean hidden, XlsxPart.Shape shape, Map<String, String> targets) {

        /** Nothing. */
        static final Marks NONE = new Marks(false, XlsxPart.Shape.PLAIN, Map.of());
    }

    /** Checks a workbook and looks at its sheets, by their names, the first one first. */
    static Map<String, Marks> outline(Path file) throws IOException, ImportRefused {
        Map<String, XlsxPart.Shape> shapes = check(file);
        try (ReadableWorkbook workbook = workbook(file);
                ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, String> parts = relations(zip, "xl/_rels/workbook.xml.rels");
            Map<String, Marks> sheets = new LinkedHashMap<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                String target = parts.getOrDefault(sheet.getId(), "");
                String part = target.startsWith("/") ? target.substring(1) : "xl/" + target;
                int slash = part.lastIndexOf('/') + 1;
                XlsxPart.Shape shape = shapes.getOrDefault(part, XlsxPart.Shape.PLAIN);
                Map<String, String> targets = shape.links().isEmpty()
                        ? Map.of()
                        : relations(zip, part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels");
                boolean hidden = sheet.getVisibility() != SheetVisibility.VISIBLE;
                sheets.put(sheet.getName(), new Marks(hidden, shape, targets));
            }
            return sheets;
        } catch (IOException | XMLStreamException | RuntimeException e) {
            throw new ImportRefused(FileFault.NO_WORKBOOK.of(), e);
        }
    }

    private static Map<String, String> relations(ZipFile zip, String part) throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            return Map.of();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return XlsxPart.relations(in);
        }
    }

    private static Sheet sheet(ReadableWorkbook workbook, String name) throws ImportRefused {
        if (name.isEmpty()) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(name)
                .orElseThrow(() -> new ImportRefused(FileFault.NO_SUCH_SHEET.of(
                        name, workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", ")))));
    }

    @Override
    public boolean next() throws ImportRefused {
        try {
            while (rows.hasNext()) {
                row = rows.next();
                cells = ownCells();
                boolean own = cells.stream().anyMatch(cell -> !cell.text().isBlank());
                fillMerges();
                if (own) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException e) {
            throw new ImportRefused(FileFault.DAMAGED_SHEET.of(row == null ? 0 : row.getRowNum()), e);
        }
    }

    @Override
    public long line() {
        return row.getRowNum();
    }

    @Override
    public List<Cell> cells() {
        return cells;
    }

    /** Whether spreadsheets do not show the row. */
    boolean isHidden() {
        return marks.shape().hidden().get(row.getRowNum());
    }

    /** Where the links of the row lead, by the places of their cells from 0. */
    Map<Integer, String> links() {
        Map<Integer, String> links = new LinkedHashMap<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            int column = i;
            row.getOptionalCell(i).flatMap(this::link).ifPresent(target -> links.put(column, target));
        }
        return links;
    }

    private Optional<String> link(org.dhatim.fastexcel.reader.Cell cell) {
        if (cell.getType() == CellType.FORMULA) {
            Matcher formula = LINK_FORMULA.matcher(cell.getFormula() == null ? "" : cell.getFormula());
            return formula.lookingAt() ? Optional.of(formula.group(1)) : Optional.empty();
        }
        return marks.shape().links().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(
                                marks.shape().links().get(cell.getAddress().toString()))
                        .map(id -> marks.targets().get(id));
    }

    /** Gives the row the texts of cells above it that are merged with cells of it. */
    private void fillMerges() {
        if (coming.isEmpty() && open.isEmpty()) {
            return; // most rows
        }
        int number = row.getRowNum();
        while (!coming.isEmpty() && coming.element().first() <= number) {
            XlsxPart.Merge merge = coming.remove();
            if (merge.first() == number && merge.column() <= cells.size()) {
                open.put(merge, cells.get(merge.column() - 1));
            }
        }
        open.keySet().removeIf(merge -> merge.last() < number);
        open.forEach((merge, cell) -> {
            while (cells.size() < merge.column()) {
                cells.add(Cell.EMPTY);
            }
            if (cells.get(merge.column() - 1).text().isBlank()) {
                cells.set(merge.column() - 1, cell);
            }
        });
    }

    private List<Cell> ownCells() {
        List<Cell> cells = new ArrayList<>(row.getCellCount());
        for (int i = 0; i < row.getCellCount(); i++) {
            cells.add(row.getOptionalCell(i).map(this::cell).orElse(Cell.EMPTY));
        }
        return cells;
    }

    @Override
    public Sentence fault() {
        return Sentence.NONE;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }

    private Cell cell(org.dhatim.fastexcel.reader.Cell cell) {
        return switch (cell.getType()) {
            case STRING -> text(cell.asString());
            case BOOLEAN -> new Cell(Content.TEXT, Boolean.TRUE.equals(cell.asBoolean()) ? "true" : "false");
            case NUMBER -> number(cell);
            case FORMULA -> formula(cell);
            case ERROR -> new Cell(Content.FAULT, "the spreadsheet itself has an error in this cell");
            case EMPTY -> Cell.EMPTY;
        };
    }

    private Cell text(String text) {
        return new Cell(Content.TEXT, texts.apply(XlsxText.unescaped(text)));
    }

    private static Cell number(org.dhatim.fastexcel.reader.Cell cell) {
        BigDecimal number = cell.asNumber();
        if (isMoment(cell)) {
            return moment(cell);
        }
        if (isPercent(cell)) {
            return new Cell(Content.NUMBER, number(number.movePointRight(2)).text() + '%');
        }
        return number(number);
    }

    /** The result that was stored with the formula; formulas are not worked out here. */
    private Cell formula(org.dhatim.fastexcel.reader.Cell cell) {
        Object value = cell.getValue();
        return switch (value) {
            case null ->
                new Cell(
                        Content.FAULT, "the formula in this cell was saved without its result; open and save the file");
            case BigDecimal number -> isMoment(cell) ? moment(cell) : number(number);
            default -> text(value.toString());
        };
    }

    private static Cell number(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        if (bare.scale() <= 0 && bare.precision() - bare.scale() > KEPT_DIGITS) {
            return new Cell(
                    Content.FAULT,
                    "the spreadsheet keeps only " + KEPT_DIGITS
                            + " digits of a number, so the end of this one is lost: format the column as text and enter it again");
        }
        // 0.1 + 0.2 is stored as 0.30000000000000004: digits after those that are kept carry no information.
        BigDecimal kept = bare.precision() > KEPT_DIGITS
                ? bare.setScale(bare.scale() - (bare.precision() - KEPT_DIGITS), RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                : bare;
        return new Cell(Content.NUMBER, kept.toPlainString());
    }

    private static Cell moment(org.dhatim.fastexcel.reader.Cell cell) {
        try {
            return new Cell(
                    Content.MOMENT,
                    MOMENT.format(cell.asDate().plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS)));
        } catch (DateTimeException | ArithmeticException | ExcelReaderException e) {
            return new Cell(Content.FAULT, "the number in this cell is shown as a date and is none");
        }
    }

    /** Whether a number is shown in per cent, so that 1 stands for 100 %. */
    private static boolean isPercent(org.dhatim.fastexcel.reader.Cell cell) {
        Integer id = cell.getDataFormatId();
        String format = cell.getDataFormatString();
        return (id != null && (id == 9 || id == 10)) || (format != null && format.endsWith("%"));
    }

    /** Whether a number is shown as a date: its format has letters of dates outside of quotes and brackets. */
    private static boolean isMoment(org.dhatim.fastexcel.reader.Cell cell) {
        Integer id = cell.getDataFormatId();
        if (id != null && ((id >= 14 && id <= 22) || (id >= 45 && id <= 47))) {
            return true;
        }
        String format = cell.getDataFormatString();
        if (format == null || format.equalsIgnoreCase("general")) {
            return false;
        }
        String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
        return bare.indexOf('y') >= 0 || bare.indexOf('d') >= 0 || bare.contains("h:") || bare.contains("mm:ss");
    }
}
