package uz.koprik.indicators.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import uz.koprik.indicators.imports.Workbooks;

/** Small tables, lists, feeds and workbooks, one of each layout. */
final class TableSeeds {

    private static final List<String> TEXTS = List.of(
            "type,value,valid_from,valid_until,tlp,confidence,labels,revoked\n"
                    + "domain,a.example.com,2026-01-26T00:00:00Z,1767225600,TLP-GREEN,80,\"c2,bot\",false\n"
                    + "ip-dst|port,198.51.100.7|443,26.01.2026,,2,high,,yes\n",
            "Тип;Значение;Комментарий\nДомен;a.example.com;фишинг\n",
            "SHA256,SHA1,MD5\n01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b,"
                    + "adc83b19e793491b1c6ea0fd8b46cd9f32e592fc,68b329da9893e34099c7d8ad5cb9c940\n",
            "# list\n# \"ioc_value\", \"ioc_type\"\n\"192.0.2.1-192.0.2.10\", \"ip\"\n",
            "| Type | Value |\n|------|-------|\n| Domain | `a[.]example[.]com` |\n",
            "uuid,event_id,category,type,value,comment,to_ids,date\n"
                    + "3f4b0a4e-0000-4000-8000-000000000001,1,Network,domain,a.example.com,x,1,20260126\n",
            "0.0.0.0 a.example.com # comment\n127.0.0.1 localhost\n",
            "[Adblock Plus]\n! title\n||a.example.com^$all\n",
            "$TTL 60\n@ SOA localhost. root. 1 2 3 4 5\na.example.com CNAME .\n",
            "; DROP\n192.0.2.0/24 ; SBL1\n",
            "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b  file.exe\n",
            "{\"ioc\":\"a.example.com\",\"type\":\"domain\"}\n{\"ioc\":\"198.51.100.7\",\"type\":\"ip\"}\n",
            "{\"results\":[{\"name\":\"p\",\"indicators\":[{\"indicator\":\"a.example.com\",\"type\":\"domain\"}]}]}",
            "{\"77\":[{\"ioc_value\":\"a.example.com\",\"ioc_type\":\"domain\",\"confidence_level\":75}]}",
            "{\"Event\":{\"info\":\"x\",\"date\":\"2026-01-26\",\"uuid\":\"3f4b0a4e-0000-4000-8000-000000000002\","
                    + "\"Attribute\":[{\"type\":\"domain\",\"category\":\"Network activity\",\"value\":\"a.example.com\",\"to_ids\":true}]}}",
            "{\"type\":\"bundle\",\"id\":\"bundle--3f4b0a4e-0000-4000-8000-000000000003\",\"objects\":[{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1\"}]}",
            "pattern\n[ipv4-addr:value = '192.0.2.1']\n");

    private TableSeeds() {}

    static List<byte[]> all() {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : TEXTS) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        seeds.add(TEXTS.get(1).getBytes(Charset.forName("windows-1251")));
        seeds.add(("\uFEFF" + TEXTS.get(0)).getBytes(StandardCharsets.UTF_16LE));
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
                gz.write(seeds.getFirst());
            }
            seeds.add(packed.toByteArray());
            Path file = Files.createTempFile("table-seed-", ".xlsx");
            try {
                Workbooks.write(
                        file,
                        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>seen</t></is></c></row>"
                                + "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' s='1'><v>46048</v></c></row>",
                        "domain",
                        "a.example.com");
                seeds.add(Files.readAllBytes(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }
}
