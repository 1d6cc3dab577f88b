package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.PrivateFiles;

/** Adds lines to a file so that all of them are there or none, on a full disk as well. */
public final class LineFile {

    private LineFile() {}

    /**
     * Adds lines, durably. A line that an earlier process left without its end stays a line of its own.
     *
     * @param file made with mode 0600 when it is not there
     * @param lines each with a line feed at its end
     * @return the length of the file before, for {@link #cut}
     * @throws IOException names the file; it is as it was then, and an empty one is gone
     */
    public static long append(Path file, String lines) throws IOException {
        try (FileChannel channel =
                PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long before = channel.size();
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(endsOpen(channel) ? "\n" + lines : lines);
            boolean whole = false;
            try {
                long at = before;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                channel.force(true);
                whole = true;
            } finally {
                if (!whole && before == 0) {
                    Files.delete(file);
                } else if (!whole) {
                    channel.truncate(before);
                }
            }
            return before;
        } catch (IOException full) {
            throw FullDisk.naming(file, full);
        }
    }

    /** Takes back what was added since the file had this length. */
    public static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    private static boolean endsOpen(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }
}
