package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.Sha256;

/**
 * A copy of a store in files: the journal up to what is acknowledged, perhaps an index, and {@code MANIFEST}, written
 * last, with the SHA-256 and size of every file. Without a manifest whose own checksum holds, a copy is not a snapshot.
 * Every backend writes it and can be made from it.
 */
public final class SnapshotFiles {

    private static final String MANIFEST = "MANIFEST";
    private static final String TITLE = "koprik store snapshot 1";
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64}) ([0-9]{1,18}) ((?:journal|index)/[A-Za-z0-9_.]+)");
    private static final int COPY = 1 << 20;

    private SnapshotFiles() {}

    /**
     * Copies the journal as far as it is acknowledged; returns its lines of the manifest. No file is to be rewritten
     * meanwhile.
     */
    public static List<String> copyJournal(Journal journal, Path target) throws IOException {
        PrivateFiles.folders(target.resolve("journal"));
        List<String> lines = new ArrayList<>();
        long end = journal.end();
        Segment[] segments = journal.segmentsUpTo(end);
        for (int i = 0; i < segments.length; i++) {
            long size = i < segments.length - 1 ? Journal.dataEnd(segments, i) : Journal.offset(end);
            lines.add(copy(segments[i].path, size, target, "journal/" + segments[i].path.getFileName()));
        }
        return lines;
    }

    /** Writes the manifest, which makes a snapshot of a copy. */
    public static void seal(Path target, List<String> lines) throws IOException {
        String body = TITLE + "\n" + String.join("\n", lines) + "\n";
        byte[] sealed =
                (body + Sha256.hex(body.getBytes(StandardCharsets.UTF_8)) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel file = create(target.resolve(MANIFEST))) {
            Disk.REAL.write(file, ByteBuffer.wrap(sealed), 0);
            file.force(true);
        }
    }

    /**
     * Copies a snapshot, checking every file.
     *
     * @throws IOException when it is incomplete or damaged, or the target is not empty; nothing usable is left
     */
    public static void restore(Path snapshot, Path target) throws IOException {
        List<String> lines = manifest(snapshot);
        requireEmpty(target);
        PrivateFiles.folders(target.resolve("journal"));
        PrivateFiles.folders(target.resolve("index"));
        try {
            copyAll(lines, snapshot, target);
        } catch (IOException e) {
            clear(target); // half a journal would open as a store that forgot its end
            throw e;
        }
    }

    private static void clear(Path target) throws IOException {
        try (Stream<Path> found = Files.walk(target)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copyAll(List<String> lines, Path snapshot, Path target) throws IOException {
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IOException("the manifest of " + snapshot + " has a line that is none: " + line);
            }
            Path from = snapshot.resolve(parts.group(3));
            if (!Files.exists(from) || Files.size(from) != Long.parseLong(parts.group(2))) {
                throw new IOException(
                        "the snapshot is incomplete: " + from + " should have " + parts.group(2) + " bytes");
            }
            if (!copy(from, Files.size(from), target, parts.group(3)).equals(line)) {
                throw new IOException("the snapshot is damaged: the checksum of " + from + " does not hold");
            }
        }
    }

    private static List<String> manifest(Path snapshot) throws IOException {
        Path file = snapshot.resolve(MANIFEST);
        if (!Files.exists(file)) {
            throw new IOException(snapshot + " is no snapshot, or one that was not finished: it has no " + MANIFEST);
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        String body = text.substring(0, last);
        if (!text.substring(last).strip().equals(Sha256.hex(body.getBytes(StandardCharsets.UTF_8)))
                || !body.startsWith(TITLE + "\n")) {
            throw new IOException("the manifest " + file + " is damaged: its checksum does not hold");
        }
        return body.lines().skip(1).toList();
    }

    /** @throws IOException unless there is nothing in the directory */
    public static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new IOException(directory + " is not empty: name a directory that is, or does not exist yet");
            }
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Copies the beginning of a file durably; returns its manifest line. */
    public static String copy(Path from, long size, Path target, String name) throws IOException {
        return copy(from, 0, size, target, name);
    }

    /** Copies the part of a file from {@code begin} to {@code size} durably; returns its manifest line. */
    static String copy(Path from, long begin, long size, Path target, String name) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = create(target.resolve(name))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(COPY);
            for (long at = begin; at < size; ) {
                buffer.clear().limit((int) Math.min(COPY, size - at));
                if (in.read(buffer, at) < 0) {
                    throw new IOException(from + " ends early");
                }
                digest.update(buffer.flip());
                buffer.flip();
                int length = buffer.remaining();
                Disk.REAL.write(out, buffer, at - begin);
                at += length;
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest()) + " " + size + " " + name;
    }
}
