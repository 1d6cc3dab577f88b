package uz.koprik.indicators.imports;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Spreadsheets keep 15 digits of a number; what looks like more has lost its end. */
    private static final int KEPT_DIGITS = 15;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final UnaryOperator<String> texts;
    private Row row;

    private XlsxTable(ReadableWorkbook workbook, Stream<Row> stream, UnaryOperator<String> texts) {
        this.texts = texts;
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    /** @param texts what is done with the texts of cells, such as taking blanks off */
    static XlsxTable open(Path file, String sheetName, UnaryOperator<String> texts) throws IOException, ImportRefused {
        check(file);
        return openChecked(file, sheetName, texts);
    }

    private static boolean check(Path file) throws IOException, ImportRefused {
        try {
            return XlsxLimits.check(file);
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e);
        }
    }

    /** As {@link #open}, for a workbook that {@link #outline} read: it is not unpacked for a check once more. */
    static XlsxTable openChecked(Path file, String sheetName, UnaryOperator<String> texts)
            throws IOException, ImportRefused {
        ReadableWorkbook workbook;
        try {
            workbook = workbook(file);
        } catch (IOException | RuntimeException e) {
            throw new ImportRefused(FileFault.NO_WORKBOOK.of(), e);
        }
        try {
            Sheet sheet = sheet(workbook, sheetName);
            return new XlsxTable(workbook, sheet.openStream(), texts);
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
     * What a workbook is made of.
     *
     * @param sheets names of its sheets, the first one first
     * @param hidden names of those that spreadsheets do not show
     * @param merges whether cells are merged over several rows, of which only the first has their text
     */
    record Outline(List<String> sheets, Set<String> hidden, boolean merges) {}

    /** Checks a workbook and looks at its outline. */
    static Outline outline(Path file) throws IOException, ImportRefused {
        boolean merges = check(file);
        try (ReadableWorkbook workbook = workbook(file)) {
            return new Outline(
                    workbook.getSheets().map(Sheet::getName).toList(),
                    workbook.getSheets()
                            .filter(sheet -> sheet.getVisibility() != SheetVisibility.VISIBLE)
                            .map(Sheet::getName)
                            .collect(Collectors.toUnmodifiableSet()),
                    merges);
        } catch (IOException | RuntimeException e) {
            throw new ImportRefused(FileFault.NO_WORKBOOK.of(), e);
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
                if (cells().stream().anyMatch(cell -> !cell.text().isBlank())) {
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
