package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingTest {

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
    void whatIsDamagedIsNotTaken() throws IOException {
        String json = json(commit("records".repeat(100).getBytes(StandardCharsets.UTF_8)));
        int from = json.indexOf("\"payload\":\"") + 11;
        byte[] packed = Base64.getDecoder().decode(json.substring(from, json.indexOf('"', from)));
        for (int length : new int[] {2, packed.length / 2}) {
            String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(packed, length));
            assertThrows(IOException.class, () -> there("{\"payload\":\"" + cut + "\"}"));
        }
        packed[packed.length - 1] ^= 1; // its check sum
        String other = Base64.getEncoder().encodeToString(packed);
        assertThrows(IOException.class, () -> there("{\"payload\":\"" + other + "\"}"));
    }
}
