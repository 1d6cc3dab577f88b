package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** The papers of imports, {@code imports/ACCOUNT/ID.json}: every gateway of the centre sees all. */
final class ImportJobPapers {

    private static final String FOLDER = "imports/";
    private static final String ENDING = ".json";

    /** Ids of jobs. */
    static final String ID = "[0-9]{14}-[0-9a-f]{8}";

    private final StateStore papers;

    ImportJobPapers(StateStore papers) {
        this.papers = papers;
    }

    /** A job with the version of its paper. */
    record Written(ImportJob job, String version) {}

    /** The jobs of an account, of all when it is empty; the newest first. */
    List<Written> all(Optional<String> account) throws StoreUnavailable {
        List<Written> found = new ArrayList<>();
        String beginning = account.map(name -> FOLDER + name + '/').orElse(FOLDER);
        for (StateStore.Paper paper : papers.read(papers.names(beginning))) {
            found.add(read(paper));
        }
        found.sort(Comparator.comparing((Written one) -> one.job().id()).reversed());
        return found;
    }

    /** A job of an account, or of any when it is empty. */
    Optional<Written> find(Optional<String> account, String id) throws StoreUnavailable {
        if (!id.matches(ID)) {
            return Optional.empty();
        }
        if (account.isPresent()) {
            return papers.read(name(account.get(), id)).map(ImportJobPapers::read);
        }
        for (String name : papers.names(FOLDER)) {
            if (name.endsWith('/' + id + ENDING)) {
                return papers.read(name).map(ImportJobPapers::read);
            }
        }
        return Optional.empty();
    }

    /**
     * Puts a job in the place of a version.
     *
     * @param expected empty for a new one
     * @return its version; empty when something else is there
     */
    Optional<String> write(ImportJob job, String expected) throws StoreUnavailable {
        return papers.replace(name(job.account(), job.id()), expected, ApiJson.bytes(job));
    }

    void remove(ImportJob job) throws StoreUnavailable {
        papers.remove(name(job.account(), job.id()));
    }

    private static String name(String account, String id) {
        return FOLDER + account + '/' + id + ENDING;
    }

    private static Written read(StateStore.Paper paper) {
        return new Written(ApiJson.read(paper.content(), ImportJob.class), paper.version());
    }
}
