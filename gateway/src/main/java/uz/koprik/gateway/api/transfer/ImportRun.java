package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** One import from its first row to its end, for an open request or a job. */
final class ImportRun {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private ImportRun() {}

    /**
     * Why an import was broken off.
     *
     * @param error in a sentence
     */
    record Broken(Sentence error, ImportFailure code) {}

    /**
     * Imports all of {@code rows} and closes them.
     *
     * @return why it was broken off; empty when the whole file was dealt with
     * @throws IOException when the sender or the follower went away
     */
    static Optional<Broken> of(ImportReader rows, Importer importer, ImportTally tally, Caller caller)
            throws IOException, InterruptedException {
        Optional<Broken> broken = Optional.empty();
        try (rows) {
            importer.run(rows, tally);
        } catch (ImportRefused e) {
            broken = Optional.of(new Broken(e.sentence(), ImportFailure.FILE));
        } catch (StoreUnavailable e) {
            LOG.error("import of {} broken off: the store cannot serve", caller.name(), e);
            broken = Optional.of(new Broken(BrokenImport.STORE_AWAY.of(), ImportFailure.STORE));
        } catch (RuntimeException e) {
            LOG.error("import of {} broken off by an unexpected failure", caller.name(), e);
            broken = Optional.of(new Broken(BrokenImport.WENT_WRONG.of(), ImportFailure.INTERNAL));
        }
        LOG.info(
                "import of {}: {} accepted, {} unchanged, {} refused",
                caller.name(),
                tally.accepted(),
                tally.unchanged(),
                tally.refused());
        return broken;
    }
}
