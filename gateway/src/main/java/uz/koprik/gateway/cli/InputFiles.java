package uz.koprik.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import uz.koprik.indicators.imports.ObjectText;
import uz.koprik.indicators.imports.UnpackLimit;

/** Files that commands read whole: plain or gz, or standard input under the name {@code -}. */
public final class InputFiles {

    /** What standard input is called on the command line. */
    public static final String STDIN = "-";

    /** Longest text that is read, unpacked. */
    private static final int MAX_BYTES = 1 << 28;

    /** How many times longer than the packed file the text may be. */
    private static final int MAX_RATIO = 200;

    private InputFiles() {}

    /**
     * The bytes, unpacked and without a UTF-8 byte order mark.
     *
     * @throws Failure when it cannot be read or is too long; says which
     */
    public static byte[] bytes(String name) {
        try (InputStream raw = name.equals(STDIN) ? System.in : FileFailures.open(Path.of(name));
                InputStream in = UnpackLimit.of(raw, MAX_RATIO)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (bytes.length == MAX_BYTES) {
                throw new Failure(
                        ExitCode.USAGE,
                        name + ": longer than the " + MAX_BYTES + " bytes that are read at once; split it");
            }
            return ObjectText.startsWithMark(bytes) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, (name.equals(STDIN) ? "standard input: " : "") + CentreAnswers.of(e));
        }
    }

    /** The lines, without those that are blank or begin with {@code #}. */
    public static List<Line> lines(String name) {
        List<String> lines =
                new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i ->
                        !lines.get(i).isBlank() && !lines.get(i).stripLeading().startsWith("#"))
                .mapToObj(i -> new Line((name.equals(STDIN) ? "line " : name + ":") + (i + 1), lines.get(i)))
                .toList();
    }

    /** @param where for people: {@code patterns.txt:3} */
    public record Line(String where, String text) {}
}
