package uz.koprik.gateway.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files that commands read whole: plain or gz, or standard input under the name {@code -}. */
final class Inputs {

    /** What standard input is called on the command line. */
    static final String STDIN = "-";

    /** Longest text that is read, unpacked. */
    private static final int MAX_BYTES = 1 << 30;

    private Inputs() {}

    /**
     * The bytes, unpacked.
     *
     * @throws Failure when it cannot be read or is too long; says which
     */
    static byte[] bytes(String name) {
        try (InputStream raw = new BufferedInputStream(name.equals(STDIN) ? System.in : Files.newInputStream(Path.of(name)));
                InputStream in = unpacked(raw)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (bytes.length == MAX_BYTES) {
                throw new Failure(ExitCode.USAGE, name + ": longer than the " + MAX_BYTES + " bytes that are read at once; split it");
            }
            return bytes;
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, (name.equals(STDIN) ? "standard input: " : "") + Words.of(e));
        }
    }

    /** The lines, without those that are blank or begin with {@code #}. */
    static List<Line> lines(String name) {
        List<String> lines = new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
        return java.util.stream.IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isBlank() && !lines.get(i).stripLeading().startsWith("#"))
                .mapToObj(i -> new Line((name.equals(STDIN) ? "line " : name + ":") + (i + 1), lines.get(i))).toList();
    }

    /** @param where for people: {@code patterns.txt:3} */
    record Line(String where, String text) {}

    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return packed ? new GZIPInputStream(in) : in;
    }
}
