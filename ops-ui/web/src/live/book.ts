import { SeriesBook } from "./seriesBook";
import { live } from "./store";

export const book = new SeriesBook(live);
