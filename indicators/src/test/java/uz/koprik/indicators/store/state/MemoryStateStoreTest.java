package uz.koprik.indicators.store.state;

final class MemoryStateStoreTest extends StateStoreContract {

    @Override
    protected StateStore empty() {
        return new MemoryStateStore();
    }
}
