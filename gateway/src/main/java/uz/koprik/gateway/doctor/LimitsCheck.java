package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;

/** The heap fits into the memory, and the process may open enough files. */
final class LimitsCheck implements DoctorCheck {

    /** Native memory, the page cache and the system need the rest. */
    private static final int HEAP_PERCENT = 80;

    /** Files of the store, of classes and of logs. */
    private static final long FILES = 1024;

    private static final String MEMORY = "memory";
    private static final String OPEN_FILES = "open files";

    @Override
    public String what() {
        return MEMORY;
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure {
        Optional<OwnAnswer> running = examined.own().filter(OwnAnswer::answered);
        String whose = running.isPresent()
                ? " (of the running centre)"
                : " (of this command; the centre is stopped, and its service may set others)";
        long heap = running.flatMap(OwnAnswer::heap).orElse(examined.machine().heap());
        long memory = examined.machine().memory();
        long files =
                running.flatMap(OwnAnswer::openFiles).orElse(examined.machine().openFiles());
        long connections = examined.config().limits().connections();
        String heapWords = "the heap may take " + (heap >> 20) + " MiB of " + (memory >> 20) + " MiB" + whose;
        String fileWords = "the process may open " + files + " files" + whose;
        return List.of(
                heap <= memory / 100 * HEAP_PERCENT
                        ? Finding.ok(MEMORY, heapWords)
                        : Finding.warning(
                                MEMORY,
                                heapWords + ", so the system may end the process",
                                "set -Xmx to at most " + ((memory / 100 * HEAP_PERCENT) >> 20)
                                        + "m, or raise the memory limit of the service"),
                files == 0 || files >= connections + FILES
                        ? Finding.ok(OPEN_FILES, fileWords)
                        : Finding.warning(
                                OPEN_FILES,
                                fileWords + ", and limits.connections is " + connections,
                                "raise the limit (LimitNOFILE of the service, ulimit -n) to at least "
                                        + (connections + FILES) + ", or lower limits.connections"));
    }
}
