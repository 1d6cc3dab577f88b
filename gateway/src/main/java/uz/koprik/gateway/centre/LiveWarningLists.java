package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.warninglist.InvalidWarningList;
import uz.koprik.indicators.warninglist.WarningList;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** The warning lists in the operator's folder, read anew when files change. A folder that is not there holds none. */
public final class LiveWarningLists {

    private static final Logger LOG = LoggerFactory.getLogger(LiveWarningLists.class);

    private final Path folder;
    private volatile WarningLists lists = WarningLists.NONE;
    private String mark = "";

    /** Reads them for the first time; a broken one is logged, and none are in force until it is mended. */
    public LiveWarningLists(Path folder) {
        this.folder = folder;
        refresh();
    }

    /** Those in force at the moment. */
    public WarningLists now() {
        return lists;
    }

    /**
     * Reads the folder when anything in it changed; when one of the files is broken, those read before stay in force.
     */
    public synchronized void refresh() {
        try {
            String found = mark();
            if (found.equals(mark)) {
                return;
            }
            mark = found;
            List<WarningList> read = Files.isDirectory(folder) ? WarningListReader.folder(folder) : List.of();
            lists = new WarningLists(read);
            LOG.info("{} warning lists with {} entries are in force", lists.size(), lists.entries());
        } catch (IOException | InvalidWarningList | IllegalArgumentException broken) {
            LOG.error("warning lists stay as they were: {}", broken.getMessage());
        }
    }

    /** Changes when a file does. */
    private String mark() throws IOException {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        StringBuilder all = new StringBuilder("folder");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append('\n')
                        .append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append(' ')
                        .append(Files.size(file));
            }
        }
        return all.toString();
    }
}
