import { describeStory } from './story';

describeStory('distributed');
