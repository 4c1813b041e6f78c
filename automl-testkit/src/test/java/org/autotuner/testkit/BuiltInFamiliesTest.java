package org.autotuner.testkit;

import java.util.ServiceLoader;
import org.autotuner.model.ModelFamily;
import org.junit.jupiter.api.Nested;

class BuiltInFamiliesTest {

    private static ModelFamily named(String id) {
        return ServiceLoader.load(ModelFamily.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(family -> family.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Prior extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("prior");
        }

        @Override
        protected boolean learns() {
            return false;
        }
    }

    @Nested
    class Linear extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("linear");
        }
    }

    @Nested
    class NaiveBayes extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("naive-bayes");
        }

        @Override
        protected boolean needsTexts() {
            return true;
        }
    }

    @Nested
    class LinearOnTexts extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("linear");
        }

        @Override
        protected boolean needsTexts() {
            return true;
        }
    }

    @Nested
    class MatrixFactorization extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("matrix-factorization");
        }

        @Override
        protected boolean needsRatings() {
            return true;
        }
    }

    @Nested
    class SvdPlusPlus extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("svd-plus-plus");
        }

        @Override
        protected boolean needsRatings() {
            return true;
        }
    }

    @Nested
    class ItemNeighbours extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("item-neighbours");
        }

        @Override
        protected boolean needsRatings() {
            return true;
        }
    }

    @Nested
    class Svm extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("svm");
        }
    }

    @Nested
    class Neighbours extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("neighbours");
        }
    }

    @Nested
    class HistogramBoosting extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("histogram-boosting");
        }
    }

    @Nested
    class OrderedBoosting extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("ordered-boosting");
        }
    }

    @Nested
    class LightGbm extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("lightgbm");
        }
    }

    @Nested
    class XgBoost extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("xgboost");
        }
    }

    @Nested
    class ExtraTrees extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("extra-trees");
        }
    }

    @Nested
    class RandomForest extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("random-forest");
        }
    }

    @Nested
    class Additive extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("additive");
        }
    }

    @Nested
    class SmallTree extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("small-tree");
        }
    }

    @Nested
    class Mlp extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("mlp");
        }
    }

    @Nested
    class RealMlp extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("realmlp");
        }
    }

    @Nested
    class Tabm extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("tabm");
        }
    }

    @Nested
    class Cnn extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("cnn");
        }

        @Override
        protected boolean readsImages() {
            return true;
        }
    }

    @Nested
    class ResNet extends ModelFamilyContract {
        @Override
        protected ModelFamily family() {
            return named("resnet");
        }

        @Override
        protected boolean readsImages() {
            return true;
        }
    }
}
