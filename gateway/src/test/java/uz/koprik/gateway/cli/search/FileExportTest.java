package uz.koprik.gateway.cli.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.config.Home;

/** Exports from files: what bears a marking that nobody knows is as strict as can be. */
class FileExportTest {

    private static final String MARKING = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";
    private static final String STATEMENT =
            "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + MARKING
                    + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"x\"}}";
    private static final String INDICATOR = "{\"type\":\"indicator\",\"spec_version\":\"2.1\","
            + "\"id\":\"indicator--31b940d4-6f7f-459a-80ea-9c1f17b5891b\",\"created\":\"2026-11-01T00:00:00.000Z\","
            + "\"modified\":\"2026-11-01T00:00:00.000Z\",\"pattern\":\"[domain-name:value = 'marked.example.com']\",\"pattern_type\":\"stix\","
            + "\"valid_from\":\"2026-11-01T00:00:00Z\",\"object_marking_refs\":[\"" + MARKING + "\"]}";

    @TempDir
    Path folder;

    private String exported(String tlp, String... objects) throws Exception {
        Path file =
                Files.writeString(folder.resolve("objects.json"), "{\"objects\":[" + String.join(",", objects) + "]}");
        Home none = new Home(folder.resolve("none"));
        CommandResult said = CommandResult.of(none, "export", "--format", "blocklist", "--tlp", tlp, file.toString());
        assertEquals(0, said.code(), said::err);
        return said.out().strip();
    }

    @Test
    void anUnknownMarkingIsNotOverlooked() throws Exception {
        assertEquals("", exported("amber+strict", INDICATOR));
        assertEquals("marked.example.com", exported("red", INDICATOR));
    }

    @Test
    void aStatementCountsWhereverInTheFileItStands() throws Exception {
        assertEquals("marked.example.com", exported("green", INDICATOR, STATEMENT));
        assertEquals("marked.example.com", exported("green", STATEMENT, INDICATOR));
        assertEquals("", exported("amber+strict", INDICATOR, STATEMENT.replace("\"statement\",", "\"pap\",")));
    }
}
