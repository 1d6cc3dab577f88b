package uz.koprik.indicators.store.papers;

final class MemoryPapersTest extends PapersContract {

    @Override
    protected Papers empty() {
        return new MemoryPapers();
    }
}
