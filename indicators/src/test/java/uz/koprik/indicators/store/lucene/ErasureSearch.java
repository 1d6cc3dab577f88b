package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Searches a store in files for a text: in their bytes, and in the terms of the index, which are compressed there. */
final class ErasureSearch {

    private static final int STEP = 1 << 20;

    private ErasureSearch() {}

    /** Where the text is, in either case of its letters. */
    static List<String> find(Path directory, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holds(file, text)) {
                    found.add(file.toString());
                }
            }
        }
        try (FSDirectory files = FSDirectory.open(directory.resolve("index"));
                DirectoryReader index = DirectoryReader.open(files)) {
            for (LeafReaderContext leaf : index.leaves()) {
                for (FieldInfo field : leaf.reader().getFieldInfos()) {
                    terms(leaf.reader().terms(field.name), field.name, text, found);
                }
            }
        }
        return found;
    }

    private static void terms(Terms terms, String field, String text, List<String> found) throws IOException {
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                if (term.utf8ToString().toLowerCase(Locale.ROOT).contains(text)) {
                    found.add("term " + term.utf8ToString() + " of " + field);
                }
            }
        }
    }

    private static boolean holds(Path file, String text) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(STEP + text.length());
            for (long at = 0; at < in.size(); at += STEP) {
                bytes.clear();
                int read = 0;
                while (bytes.hasRemaining() && read >= 0) {
                    read = in.read(bytes, at + bytes.position());
                }
                String part = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
                if (part.contains(text) || part.toLowerCase(Locale.ROOT).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException merged) {
            return false;
        }
    }

    /**
     * The journal files of the store that are deleted, and mapped by this process all the same; nothing where that
     * cannot be seen.
     */
    static List<String> mappedDeleted(Path directory) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps)) {
            return List.of();
        }
        return Files.readAllLines(maps).stream()
                .filter(line -> line.contains(directory + "/journal/") && line.endsWith("(deleted)"))
                .toList();
    }
}
