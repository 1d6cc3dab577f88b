package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.translate.misp.EarlierObjects;
import uz.koprik.indicators.wording.Sentence;

/** Reads the files of a feed as {@code koprik import} reads files; the only class that knows the items of imports. */
final class SourceReader {

    private final FeedSource source;
    private final Recognition recognition;
    private final EarlierObjects earlier;

    /** @param earlier what earlier reads of MISP events stored */
    SourceReader(FeedSource source, Recognition recognition, EarlierObjects earlier) {
        this.source = source;
        this.recognition = recognition;
        this.earlier = earlier;
    }

    /** Takes what a feed has, in its order. */
    interface Sink {

        /** A value to make an indicator of. */
        void row(String where, NewIndicator indicator) throws StoreUnavailable, SourceFailure, InterruptedException;

        /**
         * A STIX object.
         *
         * @param translated whether it was made of something that is not STIX
         */
        void object(String where, byte[] object, boolean translated)
                throws StoreUnavailable, SourceFailure, InterruptedException;

        /** An entry that cannot be used. */
        void refused(Refusal.Code code);

        /** Something that is not used of what the feed says. */
        void note(SourceNotes.Note note);
    }

    /** @throws SourceFailure.OfFile when a file cannot be read to its end; what came before was handed over */
    void read(List<NamedFile> files, Sink sink) throws SourceFailure, StoreUnavailable, InterruptedException {
        for (NamedFile file : files) {
            try (ImportReader rows = ImportReader.open(Files.newInputStream(file.path()), options(file), earlier)) {
                rows.notes().forEach(note -> sink.note(note(file, note)));
                for (ImportItem item = rows.next(); item != null; item = rows.next()) {
                    hand(file, item, sink);
                }
            } catch (ImportRefused broken) {
                throw new SourceFailure.OfFile(
                        SourceTrouble.FEED_UNREADABLE.with(Map.of(Sentence.SAID, String.valueOf(broken.getMessage()))),
                        broken);
            } catch (IOException unreadable) {
                throw new SourceFailure(SourceTrouble.FEED_DISK_UNREADABLE.of(), unreadable);
            }
        }
    }

    private void hand(NamedFile file, ImportItem item, Sink sink)
            throws StoreUnavailable, SourceFailure, InterruptedException {
        switch (item) {
            case ImportItem.Value value
            when !value.doubt().isEmpty() && source.doubtful() == FeedSource.Doubtful.SKIP ->
                sink.refused(Refusal.Code.DOUBTFUL);
            case ImportItem.Value value ->
                sink.row(
                        value.where(),
                        indicator(value.observables(), value.value().port(), value.terms(), ""));
            case ImportItem.PatternText text ->
                sink.row(text.where(), indicator(List.of(), Optional.empty(), text.terms(), text.pattern()));
            case ImportItem.ObjectBytes object -> sink.object(object.where(), object.object(), object.translated());
            case ImportItem.RefusedRow _ -> sink.refused(Refusal.Code.UNRECOGNISED);
            case ImportItem.ImportNote note -> sink.note(note(file, note));
        }
    }

    private static SourceNotes.Note note(NamedFile file, ImportItem.ImportNote note) {
        return new SourceNotes.Note(file.name() + ", " + note.where(), note.sentence());
    }

    private ImportOptions options(NamedFile file) {
        ImportOptions options =
                ImportOptions.of(file.name()).withRecognition(recognition).withTlp(source.tlp());
        ImportFormat format = FeedSource.FORMATS.get(source.format());
        if (format != null) {
            options = options.withFormat(format);
        }
        return options.withHints(new ImportOptions.Hints(
                source.roles(),
                source.encoding(),
                format == null ? FeedLayout.named(source.format()) : Optional.empty()));
    }

    private NewIndicator indicator(
            List<Observable> values, Optional<Integer> port, ImportItem.Terms row, String pattern) {
        List<String> labels = new ArrayList<>(source.labels());
        labels.add(SourceObjects.UNSIGNED);
        row.labels().stream().filter(label -> !labels.contains(label)).forEach(labels::add);
        return new NewIndicator(
                values,
                values.size() == 1 ? port : Optional.empty(),
                row.name(),
                row.description(),
                labels,
                row.tlp().orElse(source.tlp()),
                row.validFrom(),
                row.confidence()
                        .or(() -> source.confidence() == 0 ? Optional.empty() : Optional.of(source.confidence())),
                row.validUntil(),
                row.revoked(),
                pattern);
    }
}
