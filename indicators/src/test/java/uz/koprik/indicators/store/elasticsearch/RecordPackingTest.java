package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class RecordPackingTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static LogDocument commit(byte[] payload) {
        return new LogDocument(1, "w", "a", "p", 0, 1, payload.length, payload);
    }

    private static String json(LogDocument commit) throws IOException {
        return new String(MAPPER.writeValueAsBytes(commit), StandardCharsets.US_ASCII);
    }

    private static byte[] there(String json) throws IOException {
        return MAPPER.readValue(json, LogDocument.class).payload();
    }

    @Test
    void recordsComeBackAndTakeLess() throws IOException {
        byte[] alike = "one record like the other, ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        String json = json(commit(alike));
        assertArrayEquals(alike, there(json));
        assertTrue(json.length() < alike.length / 10, json.length() + " characters");
        byte[] random = new byte[1_000_000];
        new Random(5).nextBytes(random);
        random[0] = 0; // as every length begins
        assertArrayEquals(random, there(json(commit(random))));
        assertArrayEquals(new byte[0], there(json(commit(new byte[0]))));
    }

    @Test
    void recordsOfEarlierVersionsAreTakenAsTheyAre() throws IOException {
        byte[] records = {0, 0, 0, 1, 2, 3};
        String text = Base64.getEncoder().encodeToString(records);
        assertArrayEquals(records, there("{\"number\":1,\"payload\":\"" + text + "\"}"));
    }

    @Test
    void whatZlibPackedIsTakenStill() throws IOException {
        byte[] records = "records, ".repeat(100).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
            zlib.write(records);
        }
        assertArrayEquals(records, there(payload(packed.toByteArray())));
        assertThrows(IOException.class, () -> there(payload(Arrays.copyOf(packed.toByteArray(), 20))));
    }

    @Test
    void whatIsDamagedIsNotTaken() throws IOException {
        byte[] records = "records".repeat(100).getBytes(StandardCharsets.UTF_8);
        String json = json(commit(records));
        int from = json.indexOf("\"payload\":\"") + 11;
        byte[] packed = Base64.getDecoder().decode(json.substring(from, json.indexOf('"', from)));
        for (int length = 1; length < packed.length; length++) {
            String cut = payload(Arrays.copyOf(packed, length));
            assertThrows(IOException.class, () -> there(cut), () -> "of " + packed.length + " bytes " + cut);
        }
        packed[1] = 0x7f; // two gigabytes
        assertThrows(IOException.class, () -> there(payload(packed)));
    }

    private static String payload(byte[] packed) {
        return "{\"payload\":\"" + Base64.getEncoder().encodeToString(packed) + "\"}";
    }
}
