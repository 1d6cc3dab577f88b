package uz.koprik.gateway.doctor;

import java.nio.file.Path;

/** A machine for tests, independent of that on which they run. */
record HealthyMachine(long free, long memory, long heap, long openFiles, String version) implements Machine {

    static final HealthyMachine ENOUGH = new HealthyMachine(100L << 30, 16L << 30, 4L << 30, 65_536, "(not packaged)");

    @Override
    public long free(Path path) {
        return free;
    }

    HealthyMachine withFree(long bytes) {
        return new HealthyMachine(bytes, memory, heap, openFiles, version);
    }

    HealthyMachine withHeap(long bytes) {
        return new HealthyMachine(free, memory, bytes, openFiles, version);
    }

    HealthyMachine withOpenFiles(long files) {
        return new HealthyMachine(free, memory, heap, files, version);
    }

    HealthyMachine withVersion(String other) {
        return new HealthyMachine(free, memory, heap, openFiles, other);
    }
}
