import { describeStory } from './story';

describeStory('embedded');
