package uz.koprik.gateway.cli.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.CommandResult;

/** {@code koprik validate}: files by the rules of STIX, with no centre and no home. */
@Isolated("it moves the clock of all centres in the JVM")
class ValidateCommandTest {

    private static final String GOOD =
            "{'type':'ipv4-addr','id':'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4','value':'198.51.100.3'}";
    private static final String ADVISED = GOOD.replace("28bb3599", "28bb3590");
    private static final String BAD = GOOD.replace("198.51.100.3", "198.51.100.300");
    private static final String OLD =
            "{'type':'tool','id':'tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','created':'2017-01-01T00:00:00.000Z',"
                    + "'modified':'2017-01-01T00:00:00.000Z','name':'VNC','labels':['remote-access']}";

    @TempDir
    Path folder;

    private static CommandResult koprik(String... arguments) {
        return CommandResult.of(List.of(arguments));
    }

    private String file(String... objects) throws IOException {
        String bundle = "{'type':'bundle','id':'bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','objects':[\n"
                + String.join(",\n", objects) + "]}";
        return Files.writeString(folder.resolve("bundle.json"), bundle.replace('\'', '"'))
                .toString();
    }

    @Test
    void saysThatEverythingIsValid() throws IOException {
        CommandResult said = koprik("validate", file(GOOD, GOOD));
        assertEquals(0, said.code(), said.err());
        assertEquals("2 objects: 0 not valid, 0 valid with warnings\n", said.out());
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        String file = file(GOOD, BAD);
        CommandResult said = koprik("validate", file);
        assertEquals(1, said.code());
        assertTrue(
                said.out()
                        .startsWith(
                                "NOT VALID  " + file + ":3 /objects/1 ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4\n"
                                        + "  error      /value: an IPv4 address or CIDR block is expected (STIX 2.1, 6.8)\n"),
                said.out());
        assertTrue(said.out().endsWith("2 objects: 1 not valid, 0 valid with warnings\n"), said.out());
    }

    @Test
    void keepsWarningsToItselfUnlessAsked() throws IOException {
        String file = file(ADVISED);
        CommandResult quiet = koprik("validate", file);
        assertEquals(0, quiet.code());
        assertEquals("1 object: 0 not valid, 1 valid with warnings (--warnings says which)\n", quiet.out());
        CommandResult loud = koprik("validate", "--warnings", file);
        assertEquals(0, loud.code());
        assertTrue(loud.out().contains("  warning    /id: "), loud.out());
        assertEquals(1, koprik("validate", "--strict", file).code());
    }

    @Test
    void writesALineOfJsonForEachObjectWithFindings() throws Exception {
        CommandResult said = koprik("validate", "--json", file(GOOD, BAD, ADVISED));
        assertEquals(1, said.out().lines().count(), said.out());
        JsonObject line = StrictJson.parseObject(said.out().strip().getBytes(StandardCharsets.UTF_8));
        assertEquals("/objects/1", line.string("pointer").orElse(""));
        assertFalse(((JsonBoolean) line.get("valid")).value());
        assertEquals(
                "error",
                ((JsonObject) line.items("findings").getFirst())
                        .string("severity")
                        .orElse(""));
        assertTrue(said.err().contains("3 objects"), said.err());
        assertEquals(
                2,
                koprik("validate", "--json", "--warnings", file(GOOD, BAD, ADVISED))
                        .out()
                        .lines()
                        .count());
    }

    @Test
    void readsStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(BAD.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            CommandResult said = koprik("validate", "-");
            assertEquals(1, said.code());
            assertTrue(said.out().startsWith("NOT VALID  standard input:1 ipv4-addr--"), said.out());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void convertsStix20OnlyWhenTold() throws Exception {
        String file = file(OLD, GOOD, BAD);
        Path output = folder.resolve("new.json");
        assertTrue(koprik("validate", file)
                .out()
                .contains("1 of STIX 2.0, which centres do not take (--from-stix20 converts)"));
        CommandResult said = koprik("validate", "--from-stix20", "--output", output.toString(), file);
        assertEquals(1, said.code(), "one of them stays invalid");
        assertTrue(said.out().contains("  changed    /labels: renamed to tool_types\n"), said.out());
        assertTrue(said.out().contains("  changed    /spec_version: added, 2.1\n"), said.out());
        JsonObject bundle = parse(Files.readString(output));
        assertEquals(2, bundle.items("objects").size(), "the valid ones");
        assertEquals(0, koprik("validate", "--strict", output.toString()).code());
        assertFalse(Files.exists(folder.resolve("new.json.part")));
    }

    @Test
    void writesIntoAPipeline() throws Exception {
        CommandResult said = koprik("validate", "--from-stix20", "--output", "-", file(OLD));
        assertEquals(0, said.code());
        assertEquals(1, parse(said.out()).items("objects").size());
        assertTrue(said.err().contains("renamed to tool_types"), said.err());
    }

    @Test
    void endsWithTwoWhenItCannotRead() throws IOException {
        assertEquals(
                2, koprik("validate", folder.resolve("none.json").toString()).code());
        Path damaged = Files.write(folder.resolve("x.json.gz"), new byte[] {0x1F, (byte) 0x8B, 1, 2});
        CommandResult said = koprik("validate", damaged.toString());
        assertEquals(2, said.code());
        assertTrue(said.err().contains("damaged"), said.err());
        assertEquals(2, koprik("validate").code());
        assertEquals(2, koprik("validate", "--output", "x", file(GOOD)).code());
    }

    private static JsonObject parse(String text) throws MalformedJson {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
