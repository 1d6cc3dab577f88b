package uz.koprik.gateway.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.LineFile;

/**
 * Who changed which account, as lines of JSON in {@code account-changes.jsonl} of the home. Lines are only added. Holds
 * no passwords and no tokens.
 *
 * @param path the file
 */
record AccountRecord(Path path) {

    /** The file of a home with these accounts. */
    static AccountRecord of(AccountsFile accounts) {
        return new AccountRecord(accounts.path().resolveSibling("account-changes.jsonl"));
    }

    /**
     * Adds a line, durably.
     *
     * @param by who made the change, such as {@code account anna} or {@code local user root}
     * @param account name of the changed account
     * @param change what was done, in words
     * @return the length of the file before, for {@link #takeBack}
     */
    long add(Instant at, String by, String account, String change) throws IOException {
        String line = CanonicalJson.text(JsonObject.builder()
                .put("at", at.toString())
                .put("by", by)
                .put("account", account)
                .put("change", change)
                .build());
        return LineFile.append(path, line + "\n");
    }

    /** Removes the last line: the change was not made. */
    void takeBack(long length) throws IOException {
        LineFile.cut(path, length);
    }

    /** Its length in bytes; 0 when there is none. */
    long length() throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** Whole lines from one length to another, in words for the log; lines that cannot be read are passed over. */
    List<String> words(long from, long to) throws IOException {
        List<String> words = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.min(to - from, 1 << 20)));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
                // Reads until the buffer is full or the file ends.
            }
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            try {
                JsonObject change = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
                words.add("account " + change.string("account").orElse("?") + ": "
                        + change.string("change").orElse("?") + ", by "
                        + change.string("by").orElse("?"));
            } catch (MalformedJson damaged) {
                words.add("a line of " + path.getFileName() + " cannot be read: " + damaged.reason());
            }
        }
        return words;
    }
}
