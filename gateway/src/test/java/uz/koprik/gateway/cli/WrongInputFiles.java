package uz.koprik.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.gateway.centre.RunningCentre;

/** The files and folders that {@link WrongInputTest} names on command lines. */
final class WrongInputFiles {

    private static final String INDICATOR = "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"%s\","
            + "\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
            + "\"pattern\":\"[domain-name:value = 'a.example.com']\",\"pattern_type\":\"stix\","
            + "\"valid_from\":\"2026-01-01T00:00:00Z\"%s}";
    private static final String ID = "indicator--00000000-0000-4000-8000-00000000000";

    private WrongInputFiles() {}

    static void write(Path dir, RunningCentre centre) throws IOException {
        Files.createDirectories(dir.resolve("folder/full"));
        Files.createDirectories(dir.resolve("nohome"));
        Files.createDirectories(dir.resolve("badhome"));
        Files.writeString(dir.resolve("badhome/koprik.yaml"), "centre: [\n");
        Files.writeString(dir.resolve("empty.json"), "");
        Files.writeString(dir.resolve("half.json"), "{\"type\": ");
        Files.writeString(dir.resolve("other.json"), "{\"a\":1}");
        Files.writeString(dir.resolve("list.json"), "[{\"a\":1}]");
        Files.writeString(dir.resolve("text.txt"), "nothing here\n");
        Files.writeString(dir.resolve("empty.csv"), "");
        Files.writeString(dir.resolve("header.csv"), "value,kind\n");
        Files.writeString(dir.resolve("rows.csv"), "value,kind\nnot a value !,\n10.0.0.300,ipv4\n");
        Files.writeString(dir.resolve("cases.csv"), "number,title\nK-1,\n");
        Files.writeString(dir.resolve("broken.gz"), "no gzip");
        Files.write(dir.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        Files.writeString(dir.resolve("broken.xlsx"), "PK no workbook");
        Files.writeString(dir.resolve("pattern.txt"), "[domain-name:value = 'a'\n");
        Files.writeString(dir.resolve("good.txt"), "[domain-name:value = 'a']\n");
        Files.writeString(dir.resolve("mapping.yaml"), "columns: [\n");
        Files.writeString(dir.resolve("object.json"), INDICATOR.formatted(ID + "1", ""));
        Files.writeString(
                dir.resolve("url.json"),
                INDICATOR.formatted(
                        ID + "2", ",\"external_references\":[{\"source_name\":\"x\",\"url\":\"not a url\"}]"));
        Files.writeString(dir.resolve("extensions.json"), INDICATOR.formatted(ID + "3", ",\"extensions\":{}"));
        Files.writeString(
                dir.resolve("many.json"),
                INDICATOR.formatted(ID + "4", ",\"labels\":[],\"lang\":\"\",\"confidence\":101,\"revoked\":\"x\""));
        Files.writeString(dir.resolve("secret"), "short\n");
    }
}
