package uz.koprik.gateway.alerts.log;

import uz.koprik.indicators.store.state.StateStore;

/**
 * The last record, as a gateway knows it. While it is not {@link #full}, only its replacement continues the log;
 * afterwards only the creation of the next record. So one compare-and-set decides who owns the next numbers.
 *
 * @param items of its array of alerts
 * @param count of its alerts
 * @param size of the record in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record AlertTail(long first, String version, byte[] items, int count, int size, boolean sealed) {

    static AlertTail of(StateStore.Paper paper, AlertBatch batch) {
        return new AlertTail(
                AlertBatch.first(paper.name()),
                paper.version(),
                AlertBatch.items(paper.content()),
                batch.alerts().size(),
                paper.content().length,
                batch.sealed());
    }

    boolean full(int fullBytes) {
        return sealed || size >= fullBytes || count >= AlertBatch.FULL_ALERTS;
    }

    String name() {
        return AlertBatch.name(first);
    }
}
