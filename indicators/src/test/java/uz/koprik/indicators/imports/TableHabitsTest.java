package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Tables as offices keep them: other languages and encodings, totals, repeated headers, shortened numbers. */
class TableHabitsTest {

    private static final String MD5 = "68b329da9893e34099c7d8ad5cb9c940";

    /** Header and row; the value, its kind, end, marking and confidence are used in every language. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Indicateur;Type;Date de fin;TLP;Confiance!evil.example.com;domaine;2027-01-02;ROUGE;élevée",
                "Wskaźnik;Typ;Ważny do;Poufność TLP;Pewność!evil.example.com;domena;2027-01-02;CZERWONY;wysoka",
                "Gösterge;Tür;Geçerlilik Bitişi;TLP;Güven!evil.example.com;alan adı;02.01.2027;KIRMIZI;yüksek",
                "Indicador;Tipo;Válido hasta;Nivel TLP;Confianza!evil.example.com;dominio;2 ene 2027;ROJO;alta",
                "Индикатор;Түрі;Аяқталуы;TLP;Сенімділік!evil.example.com;домен;02.01.2027;ҚЫЗЫЛ;жоғары",
                "Індикатор;Тип;Дійсний до;Гриф;Достовірність!evil.example.com;домен;02.01.2027;ЧЕРВОНИЙ;висока",
                "指标;类型;有效期;TLP;置信度!evil.example.com;域名;2027-01-02;红色;高",
                "指標;種別;有効期限;TLP;信頼度!evil.example.com;ドメイン;2027-01-02;赤;高"
            })
    void languages(String header, String row) throws Exception {
        ImportItem.Value value = value(header + '\n' + row + '\n');
        assertEquals("domain:evil.example.com", key(value));
        assertEquals(
                "2027-01-02T00:00:00Z",
                StixTimestamp.formatShort(value.terms().validUntil().orElseThrow()));
        assertEquals("TLP:RED", value.tlp().orElseThrow().label());
        assertEquals(Optional.of(85), value.confidence());
    }

    /** A column of states in any language ends what is no longer in force. */
    @ParameterizedTest
    @CsvSource({
        "Statut, actif, expiré",
        "Status, aktywny, wygasły",
        "Durum, aktif, geri çekildi",
        "Estado, activo, revocado",
        "Күйі, белсенді, белсенді емес",
        "状态, 有效, 已过期"
    })
    void states(String header, String live, String ended) throws Exception {
        List<ImportItem> items =
                read("value;" + header + "\na.example.com;" + live + "\nb.example.com;" + ended + '\n');
        assertEquals(
                List.of(false, true),
                items.stream()
                        .map(item -> ((ImportItem.Value) item).terms().revoked())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "juin, 06",
        "juil, 07",
        "août, 08",
        "enero, 01",
        "lipca, 07",
        "listopada, 11",
        "Haziran, 06",
        "Aralık, 12",
        "қаңтар, 01"
    })
    void months(String month, String number) throws Exception {
        ImportItem.Value value = value("value;valid_until\na.example.com;2 " + month + " 2027\n");
        assertEquals(
                "2027-" + number + "-02T00:00:00Z",
                StixTimestamp.formatShort(value.terms().validUntil().orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"GBK, 描述, 恶意", "cp866, Описание, вредонос", "windows-1250, Opis, złośliwy", "Shift_JIS, 説明, 不正"})
    void statedEncodings(String charset, String header, String note) throws Exception {
        byte[] text = ("value;" + header + "\nevil.example.com;" + note + '\n').getBytes(Charset.forName(charset));
        ImportOptions options =
                ImportOptions.of("x.csv").withHints(new ImportOptions.Hints(Map.of(), charset, Optional.empty()));
        try (ImportReader reader = ImportReader.open(new ByteArrayInputStream(text), options)) {
            assertEquals(note, ((ImportItem.Value) reader.next()).description());
        }
    }

    @Test
    void thePairOfNameAndHashKeepsTheName() throws Exception {
        ImportItem.Value value = value("type,value\nfilename|md5,a b.exe|" + MD5 + '\n');
        assertEquals("md5:" + MD5, key(value));
        assertEquals("a b.exe", value.name());
    }

    @Test
    void quotesBetweenTabulators() throws Exception {
        ImportItem.Value value = value("value\tnote\n\"evil.example.com\"\t\"a\t\"\"b\"\"\"\n", "x.tsv");
        assertEquals("domain:evil.example.com", key(value));
        assertEquals("a\t\"b\"", value.description());
        assertEquals(
                "\"a\" b",
                value("value\tnote\nevil.example.com\t\"a\" b\n", "x.tsv").description());
    }

    /** A row that sums up, or names the columns once more, is no failure of the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Total,2,", "Total: 2,,", "Итого,,12", ",,Всего записей: 2", "Gesamt,2,", "value,type,note"})
    void rowsAboutTheTable(String row) throws Exception {
        List<ImportItem> items = read("value,type,note\nevil.example.com,domain,x\n" + row + "\n192.0.2.1,ip,y\n");
        assertEquals(3, items.size(), items.toString());
        assertInstanceOf(ImportItem.ImportNote.class, items.get(1), items.toString());
    }

    @Test
    void aRowThatBeginsWithSuchAWordIsReadAllTheSame() throws Exception {
        List<ImportItem> items = read("name,value\nTotal AV scam,evil.example.com\nTotal AV scam,evil example\n");
        assertInstanceOf(ImportItem.Value.class, items.getFirst());
        assertInstanceOf(ImportItem.RefusedRow.class, items.getLast());
    }

    /** What a spreadsheet shortened to 1.23E+15 is never a value, in any column. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "phone;9.98712E+11",
                "Account number;1,23E+15",
                "value;4.1E+11",
                "Card number;4.11111E+15",
                "imei;3.5E+14"
            })
    void shortenedNumbersAreNamedAsLost(String header, String cell) throws Exception {
        List<ImportItem> items = ReadItems.read(header + "\tnote\n" + cell + "\tx\n", "x.tsv");
        assertEquals(
                ImportSentence.LOST_DIGITS.of(),
                assertInstanceOf(ImportItem.RefusedRow.class, items.getFirst()).sentence(),
                items.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"85,5;85", "90,0;90", "85.5;85", "0,9;", "100,5;"})
    void gradesWithFractions(String cell, Integer grade) throws Exception {
        List<ImportItem> items = ReadItems.read("value\tconfidence\na.example.com\t" + cell + '\n', "x.tsv");
        assertEquals(
                Optional.ofNullable(grade),
                items.getFirst() instanceof ImportItem.Value value ? value.confidence() : Optional.empty());
        assertEquals(grade == null, items.getFirst() instanceof ImportItem.RefusedRow);
    }

    @Test
    void aDashInTheColumnOfTypesSaysNothing() throws Exception {
        assertEquals("md5:" + MD5, key(value("value,type\n" + MD5 + ",-\n192.0.2.1,ip\n")));
    }

    private static ImportItem.Value value(String text) throws IOException, ImportRefused {
        return value(text, "x.csv");
    }

    private static ImportItem.Value value(String text, String name) throws IOException, ImportRefused {
        List<ImportItem> items = ReadItems.read(text, name);
        assertTrue(items.getFirst() instanceof ImportItem.Value, items.toString());
        return (ImportItem.Value) items.getFirst();
    }

    private static String key(ImportItem.Value value) {
        return value.value().observable().kind().code()
                + ':'
                + value.value().observable().value();
    }

    private static List<ImportItem> read(String text) throws IOException, ImportRefused {
        return ReadItems.read(text, "x.csv");
    }
}
