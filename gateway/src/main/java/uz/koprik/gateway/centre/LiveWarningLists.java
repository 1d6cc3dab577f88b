package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.operations.OperationSources;
import uz.koprik.indicators.warninglist.InvalidWarningList;
import uz.koprik.indicators.warninglist.WarningList;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** The warning lists in the operator's folder, read anew when files change. A folder that is not there holds none. */
public final class LiveWarningLists {

    private static final Logger LOG = LoggerFactory.getLogger(LiveWarningLists.class);

    private final Path folder;
    private volatile WarningLists lists = WarningLists.NONE;
    private volatile List<OperationSources.ListedFile> files = List.of();
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

    /** The lists in force, with the age of their files. */
    List<OperationSources.ListedFile> files() {
        return files;
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
            files = described(read);
            LOG.info("{} warning lists with {} entries are in force", lists.size(), lists.entries());
        } catch (IOException | InvalidWarningList | IllegalArgumentException broken) {
            LOG.error("warning lists stay as they were: {}", broken.getMessage());
        }
    }

    /** The reader takes the files in the order of their paths. */
    private List<OperationSources.ListedFile> described(List<WarningList> read) throws IOException {
        if (read.isEmpty()) {
            return List.of();
        }
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        List<OperationSources.ListedFile> described = new ArrayList<>();
        for (int i = 0; i < Math.min(read.size(), paths.size()); i++) {
            WarningList list = read.get(i);
            described.add(new OperationSources.ListedFile(
                    list.name(),
                    list.version(),
                    list.entries().size(),
                    Files.getLastModifiedTime(paths.get(i)).toInstant()));
        }
        return List.copyOf(described);
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
