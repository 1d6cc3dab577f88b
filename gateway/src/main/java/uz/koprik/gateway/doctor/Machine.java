package uz.koprik.gateway.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.gateway.config.Version;

/** What a command knows of the machine on which it runs. */
public interface Machine {

    /** Bytes that are free for a folder or file. */
    long free(Path path) throws IOException;

    /** Bytes of memory of the machine or of its container. */
    long memory();

    /** Most bytes of heap of this process. */
    long heap();

    /** Most files that this process may open; 0 when that is not known. */
    long openFiles();

    /** Version of this program. */
    String version();

    /** The machine of this process. */
    static Machine ofThisProcess() {
        return new Machine() {
            @Override
            public long free(Path path) throws IOException {
                return Files.getFileStore(path).getUsableSpace();
            }

            @Override
            public long memory() {
                return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Long.MAX_VALUE;
            }

            @Override
            public long heap() {
                return Runtime.getRuntime().maxMemory();
            }

            @Override
            public long openFiles() {
                return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : 0;
            }

            @Override
            public String version() {
                return Version.number();
            }
        };
    }
}
