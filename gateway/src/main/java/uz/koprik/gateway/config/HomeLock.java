package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import uz.koprik.crypto.PrivateFiles;

/**
 * Makes changes of keys, trust list, card and partners of a home wait for one another, from reading the first file to
 * writing the last one. Holds among threads and among processes, such as a command and the running centre. The thread
 * that has the lock may take it again. Take it before the locks of single files.
 */
public final class HomeLock implements AutoCloseable {

    /** A lock of a file keeps processes apart, not threads. */
    private static final Map<Path, Turn> TURNS = new ConcurrentHashMap<>();

    private final Turn turn;

    /** What the threads of this process share for one home. */
    private static final class Turn {
        private final ReentrantLock threads = new ReentrantLock();
        private FileLock lock;
    }

    private HomeLock(Turn turn) {
        this.turn = turn;
    }

    /**
     * Waits until nobody else has the lock, and takes it.
     *
     * @throws IOException when its file, {@code .keys.lock} in the home, cannot be opened
     */
    public static HomeLock take(Home home) throws IOException {
        Path root = home.root().toAbsolutePath().normalize();
        Turn turn = TURNS.computeIfAbsent(root, one -> new Turn());
        turn.threads.lock();
        try {
            if (turn.lock == null) {
                turn.lock = locked(root.resolve(".keys.lock"));
            }
            return new HomeLock(turn);
        } catch (IOException | RuntimeException failed) {
            turn.threads.unlock();
            throw failed;
        }
    }

    private static FileLock locked(Path file) throws IOException {
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return channel.lock();
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** @throws IOException when the lock of the file was lost */
    public void held() throws IOException {
        if (!turn.lock.isValid()) {
            throw new IOException("the lock of the keys was lost: run the command again");
        }
    }

    /** Lets the next one take it; the last close of the thread that has it ends the lock of the file. */
    @Override
    public void close() throws IOException {
        try {
            if (turn.threads.getHoldCount() == 1) {
                FileLock lock = turn.lock;
                turn.lock = null;
                lock.acquiredBy().close();
            }
        } finally {
            turn.threads.unlock();
        }
    }
}
